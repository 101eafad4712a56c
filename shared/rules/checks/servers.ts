import { valuesMissingFrom } from "../../diff/json.ts";
import { mayBeSamePlace } from "../../diff/server-addresses.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const paths = { "/pets": { get: { responses: { "204": { description: "Done" } } } } };
const servedBy = (urls: string[]) => documentWith({ paths, servers: urls.map((url) => ({ url })) });
const inRegion = (region: { default: string; enum?: string[] }) =>
  documentWith({ paths, servers: [{ url: "https://{region}.pets.example", variables: { region } }] });

const main = "https://api.pets.example";
const other = "https://eu.pets.example";
const rule = { direction: "none", area: "servers", kind: "existence" } as const;
const variable = { direction: "none", area: "servers", kind: "values" } as const;
const nothing = "Nothing has to be done.";

export const serverCheck = defineCheck({
  rules: {
    "api-server-added": {
      ...rule,
      level: "safe",
      action: "add",
      message: "added the server {url}",
      why: "The servers that clients call already are there as before.",
      migration: nothing,
      example: exampleOf(servedBy, [main], [main, other]),
    },
    "api-server-removed": {
      ...rule,
      level: "breaking",
      action: "remove",
      message: "removed the server {url}",
      why: "Clients that call this address find nothing there, or nothing that is kept up.",
      migration: "Change to one of the servers that are left.",
      example: exampleOf(servedBy, [main, other], [main]),
    },
    "api-server-changed": {
      ...rule,
      level: "breaking",
      action: "change",
      message: "changed the server from {before} to {after}",
      why: "Every client calls the old address until it follows, and nothing promises that it still answers.",
      migration: "Take over the new address.",
      example: exampleOf(servedBy, [main], [other]),
    },
    "api-server-reference-changed": {
      ...rule,
      level: "risky",
      action: "change",
      message: "changed how the server is named from {before} to {after}",
      why: "One of the two depends on where the document was found, so both may be the same place, or not.",
      migration: "Check that the new address is the one that your code calls.",
      example: exampleOf(servedBy, ["/v1"], [`${main}/v1`]),
    },
    "api-server-variable-default-changed": {
      ...variable,
      level: "risky",
      action: "change",
      message: "changed the default of {name} in the server {server} from {before} to {after}",
      why: "Clients that leave the variable alone call another address when they are regenerated.",
      migration: "Set the variable to the value that your code needs.",
      example: exampleOf(inRegion, { default: "eu" }, { default: "us" }),
    },
    "api-server-variable-value-added": {
      ...variable,
      level: "safe",
      action: "add",
      message: "added the values {values} of {name} in the server {server}",
      why: "The addresses that clients call already are there as before.",
      migration: nothing,
      example: exampleOf(inRegion, { default: "eu", enum: ["eu"] }, { default: "eu", enum: ["eu", "us"] }),
    },
    "api-server-variable-value-removed": {
      ...variable,
      level: "breaking",
      action: "remove",
      message: "removed the values {values} of {name} in the server {server}",
      why: "Clients that call the address with such a value find nothing there.",
      migration: "Change to one of the values that are left.",
      example: exampleOf(inRegion, { default: "eu", enum: ["eu", "us"] }, { default: "eu", enum: ["eu"] }),
    },
    "api-server-variable-restricted": {
      ...variable,
      level: "breaking",
      action: "specialize",
      message: "limited {name} in the server {server} to {values}",
      why: "Clients that call the address with another value find nothing there.",
      migration: "Change to one of the listed values.",
      example: exampleOf(inRegion, { default: "eu" }, { default: "eu", enum: ["eu"] }),
    },
    "api-server-variable-unrestricted": {
      ...variable,
      level: "safe",
      action: "generalize",
      message: "no longer limits {name} in the server {server} to {values}",
      why: "The addresses that clients call already are there as before.",
      migration: nothing,
      example: exampleOf(inRegion, { default: "eu", enum: ["eu"] }, { default: "eu" }),
    },
  },
  run(facts, report) {
    for (const fact of facts.server) {
      const [before, after] = [fact.before?.url ?? "", fact.after?.url ?? ""];
      if (fact.action === "added") report("api-server-added", fact, { url: after });
      else if (fact.action === "removed") report("api-server-removed", fact, { url: before });
      else if (mayBeSamePlace(before, after)) report("api-server-reference-changed", fact, { before, after });
      else report("api-server-changed", fact, { before, after });
    }
    for (const fact of facts["server-variable"]) {
      const { name, server, before: was, after: is } = fact;
      if (was === undefined || is === undefined) continue;
      const args = { name, server };
      if (was.default !== is.default) {
        report("api-server-variable-default-changed", fact, { ...args, before: was.default, after: is.default });
      }
      if (was.enum === undefined && is.enum !== undefined) {
        report("api-server-variable-restricted", fact, { ...args, values: is.enum });
      } else if (was.enum !== undefined && is.enum === undefined) {
        report("api-server-variable-unrestricted", fact, { ...args, values: was.enum });
      } else {
        const more = valuesMissingFrom(is.enum ?? [], was.enum ?? []);
        const fewer = valuesMissingFrom(was.enum ?? [], is.enum ?? []);
        if (more.length > 0) report("api-server-variable-value-added", fact, { ...args, values: more });
        if (fewer.length > 0) report("api-server-variable-value-removed", fact, { ...args, values: fewer });
      }
    }
  },
});
