import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const paths = { "/pets": { get: { responses: { "204": { description: "Done" } } } } };
const servedBy = (urls: string[]) => documentWith({ paths, servers: urls.map((url) => ({ url })) });

const main = "https://api.pets.example";
const other = "https://eu.pets.example";
const rule = { direction: "none", area: "servers", kind: "existence" } as const;

export const serverCheck = defineCheck({
  rules: {
    "api-server-added": {
      ...rule,
      level: "safe",
      action: "add",
      message: "added the server {url}",
      why: "The servers that clients call already are there as before.",
      migration: "Nothing has to be done.",
      example: exampleOf(servedBy, [main], [main, other]),
    },
    "api-server-removed": {
      ...rule,
      level: "breaking",
      action: "remove",
      message: "removed the server {url}",
      why: "Clients that call this address may find nothing there.",
      migration: "Change to one of the servers that are left.",
      example: exampleOf(servedBy, [main, other], [main]),
    },
    "api-server-changed": {
      ...rule,
      level: "breaking",
      action: "change",
      message: "changed the server from {before} to {after}",
      why: "Clients call the old address until they follow; whether it still answers is not said.",
      migration: "Take over the new address.",
      example: exampleOf(servedBy, [main], [other]),
    },
  },
  run(facts, report) {
    for (const fact of facts.server) {
      const [before, after] = [fact.before?.url ?? "", fact.after?.url ?? ""];
      if (fact.action === "added") report("api-server-added", fact, { url: after });
      else if (fact.action === "removed") report("api-server-removed", fact, { url: before });
      else report("api-server-changed", fact, { before, after });
    }
  },
});
