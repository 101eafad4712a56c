import { exampleOf, operationWith } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const sdk = "Generated clients name their methods after it; calls over HTTP are not touched.";
const regenerate = "When you regenerate your client, rename the calls to its method.";

export const operationNameCheck = defineCheck({
  rules: {
    "api-operation-id-added": {
      level: "safe",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "add",
      message: "added the operationId {after}",
      why: sdk,
      migration: "Nothing has to be done; a regenerated client may name its method differently.",
      example: exampleOf(operationWith, {}, { operationId: "createPet" }),
    },
    "api-operation-id-removed": {
      level: "risky",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "remove",
      message: "removed the operationId {before}",
      why: sdk,
      migration: regenerate,
      example: exampleOf(operationWith, { operationId: "createPet" }, {}),
    },
    "api-operation-id-changed": {
      level: "risky",
      direction: "none",
      area: "paths",
      kind: "existence",
      action: "change",
      message: "changed the operationId from {before} to {after}",
      why: sdk,
      migration: regenerate,
      example: exampleOf(operationWith, { operationId: "createPet" }, { operationId: "addPet" }),
    },
    "api-tag-added": {
      level: "safe",
      direction: "none",
      area: "tags",
      kind: "existence",
      action: "add",
      message: "added the tag {tag}",
      why: "Tags group operations in documentation and in some generated clients.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, {}, { tags: ["pets"] }),
    },
    "api-tag-removed": {
      level: "safe",
      direction: "none",
      area: "tags",
      kind: "existence",
      action: "remove",
      message: "removed the tag {tag}",
      why: "Tags group operations in documentation and in some generated clients.",
      migration: "Nothing has to be done.",
      example: exampleOf(operationWith, { tags: ["pets"] }, {}),
    },
  },
  run(facts, report) {
    for (const fact of facts["operation-id"]) {
      const [before, after] = [fact.before ?? "", fact.after ?? ""];
      if (fact.action === "added") report("api-operation-id-added", fact, { after });
      else if (fact.action === "removed") report("api-operation-id-removed", fact, { before });
      else report("api-operation-id-changed", fact, { before, after });
    }
    for (const fact of facts["operation-tag"]) {
      report(`api-tag-${fact.action}`, fact, { tag: fact.after ?? fact.before ?? "" });
    }
  },
});
