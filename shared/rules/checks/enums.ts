import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

const open = { type: "string" };
const two = { type: "string", enum: ["cat", "dog"] };
const three = { type: "string", enum: ["bird", "cat", "dog"] };
const twoSoFar = { type: "string", "x-extensible-enum": ["cat", "dog"] };
const threeSoFar = { type: "string", "x-extensible-enum": ["bird", "cat", "dog"] };

export const enumCheck = defineCheck({
  rules: {
    ...siteRules("became-enum", {
      effect: "narrows",
      kind: "values",
      action: "change",
      message: "limited {place} to the values {values}",
      what: "Only the listed values are valid now.",
      example: { before: open, after: two },
    }),
    ...siteRules("became-not-enum", {
      effect: "widens",
      kind: "values",
      action: "change",
      message: "no longer limits {place} to the values {values}",
      what: "The value is not taken from a list any more.",
      example: { before: two, after: open },
    }),
    ...siteRules("enum-value-added", {
      effect: "widens",
      kind: "values",
      action: "add",
      message: "added the enum values {values} to {place}",
      what: "There are values that were not in the list before.",
      migration: { response: "Give every switch over this value a default branch." },
      example: { before: two, after: three },
    }),
    ...siteRules("enum-value-removed", {
      effect: "narrows",
      kind: "values",
      action: "remove",
      message: "removed the enum values {values} from {place}",
      what: "Values that were in the list are not valid any more.",
      migration: { request: "Stop sending the removed values." },
      example: { before: three, after: two },
    }),
    ...siteRules("x-extensible-enum-added", {
      effect: "narrows",
      kind: "values",
      action: "add",
      message: "listed the known values {values} of {place}, which may become more",
      what: "The values that are known now are listed; others may be refused.",
      example: { before: open, after: twoSoFar },
    }),
    ...siteRules("x-extensible-enum-removed", {
      effect: "widens",
      kind: "values",
      action: "remove",
      message: "no longer lists the known values {values} of {place}",
      what: "The list was announced as one that grows, so clients already expect unknown values.",
      level: { response: "safe" },
      example: { before: twoSoFar, after: open },
    }),
    ...siteRules("x-extensible-enum-value-added", {
      effect: "notes",
      kind: "values",
      action: "add",
      message: "added the values {values} to the extensible enum of {place}",
      what: "The list was announced as one that grows, so clients already expect unknown values.",
      example: { before: twoSoFar, after: threeSoFar },
    }),
    ...siteRules("x-extensible-enum-value-removed", {
      effect: "narrows",
      kind: "values",
      action: "remove",
      message: "removed the values {values} from the extensible enum of {place}",
      what: "Values that were in the list are not valid any more.",
      migration: { request: "Stop sending the removed values." },
      example: { before: threeSoFar, after: twoSoFar },
    }),
  },
  run(facts, report) {
    for (const fact of facts.enum) {
      const { site } = fact.location;
      const args = { values: fact.values };
      if (fact.action === "added") {
        if (fact.extensible) report(`${site}-x-extensible-enum-added`, fact, args);
        else report(`${site}-became-enum`, fact, args);
      } else if (fact.action === "removed") {
        if (fact.extensible) report(`${site}-x-extensible-enum-removed`, fact, args);
        else report(`${site}-became-not-enum`, fact, args);
      } else {
        const change = fact.action === "values-added" ? "value-added" : "value-removed";
        if (fact.extensible) report(`${site}-x-extensible-enum-${change}`, fact, args);
        else report(`${site}-enum-${change}`, fact, args);
      }
    }
  },
});
