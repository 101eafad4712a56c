import { defineCheck } from "../rule.ts";
import { siteRules } from "../site-rules.ts";

export const contentEncodingCheck = defineCheck({
  rules: {
    ...siteRules("content-encoding-changed", {
      effect: "alters",
      kind: "type",
      action: "change",
      message: "changed the content encoding of {place} from {before} to {after}",
      what: "The text stands for its bytes in another encoding.",
      example: {
        before: { type: "string", contentEncoding: "base64" },
        after: { type: "string", contentEncoding: "base32" },
      },
    }),
    ...siteRules("content-media-type-changed", {
      effect: "alters",
      kind: "type",
      action: "change",
      message: "changed the content media type of {place} from {before} to {after}",
      what: "The text holds another kind of content.",
      example: {
        before: { type: "string", contentMediaType: "application/json" },
        after: { type: "string", contentMediaType: "application/xml" },
      },
    }),
  },
  run(facts, report) {
    for (const fact of facts.keyword) {
      const args = { before: fact.before ?? "none", after: fact.after ?? "none" };
      const { site } = fact.location;
      if (fact.keyword === "contentEncoding") report(`${site}-content-encoding-changed`, fact, args);
      if (fact.keyword === "contentMediaType") report(`${site}-content-media-type-changed`, fact, args);
    }
  },
});
