/** Vendor extensions that do mean something: they are read where they apply. */
const meaningfulExtensions = new Set(["x-sunset", "x-stability-level", "x-extensible-enum", "x-nullable"]);

/** Whether the member `key` of a schema, parameter, operation, … is an annotation. */
export function isAnnotation(key: string): boolean {
  switch (key) {
    case "description":
    case "summary":
    case "title":
    case "example":
    case "examples":
    case "externalDocs":
    case "$comment":
      return true;
    default:
      return key.charCodeAt(0) === 120 && key.charCodeAt(1) === 45 && !meaningfulExtensions.has(key);
  }
}
