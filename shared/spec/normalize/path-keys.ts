/**
 * A path with its template names erased.
 * @example pathKeyOf("/pets/{petId}") // "/pets/{}"
 */
export function pathKeyOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}
