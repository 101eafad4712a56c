import type { Fact, SchemaLocation } from "../diff/facts.ts";

/** The changed thing in words: `the response property \`brand\` of \`Card\``. */
export function placePhrase(fact: Fact): string {
  return "site" in fact.location ? schemaPlacePhrase(fact.location) : fact.location.container;
}

function schemaPlacePhrase(location: SchemaLocation): string {
  const { site, schema, property, container } = location;
  switch (site) {
    case "request-body":
    case "response-body":
      return schema === null ? bodyPhrase(location) : `the ${wordOf(location)} schema \`${schema}\``;
    case "request-property":
    case "response-property":
      if (property === "")
        return schema === null ? bodyPhrase(location) : `the ${wordOf(location)} schema \`${schema}\``;
      return `the ${wordOf(location)} property \`${property}\`${schema === null ? statusNote(location) : ` of \`${schema}\``}`;
    case "request-parameter":
    case "response-header":
      return property === "" ? container : `\`${property}\` of ${container}`;
    case "request-parameter-property":
      return `the property \`${property === "" ? (schema ?? "") : property}\` of ${container}`;
  }
}

function wordOf({ site, container }: SchemaLocation): string {
  if (container.startsWith("the payload")) return "payload";
  return site.startsWith("request") ? "request" : "response";
}

function bodyPhrase({ container }: SchemaLocation): string {
  return container.startsWith("the response") ? `the body of ${container}` : container;
}

function statusNote({ status, container }: SchemaLocation): string {
  const callback = container.indexOf(" of the callback ");
  if (callback !== -1) return container.slice(callback);
  return status === undefined || container.startsWith("the payload") ? "" : ` (status ${status})`;
}
