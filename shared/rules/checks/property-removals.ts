import { exampleOf, requestWith, responseWith } from "../example-documents.ts";
import type { Rule } from "../rule.ts";

type Way = "request" | "response";

const sunsetMessage = "removed {place} before its sunset {sunset}";
const announcedMessage = "removed {place}, which was deprecated and whose sunset has passed";
const unstableMessage = "removed {place}, whose stability level is {stability}";

type RemovalRules = { [Id in `${Way}-property-removed-before-sunset`]: Rule<typeof sunsetMessage> } & {
  [Id in `${Way}-property-removed-with-deprecation`]: Rule<typeof announcedMessage>;
} & { [Id in `unstable-${Way}-property-removed`]: Rule<typeof unstableMessage> };

const bare = { type: "object", properties: { name: { type: "string" } } };
const withTag = (age: { [key: string]: string | boolean }) => ({
  type: "object",
  properties: { name: { type: "string" }, tag: { type: "string", ...age } },
});

/** Removals that were announced, in either direction, and those of properties that promised nothing. */
export function removalRules(): RemovalRules {
  const rules: Record<string, Rule> = {};
  for (const way of ["request", "response"] as const) {
    const wrap = way === "request" ? requestWith : responseWith;
    const verb = way === "request" ? "sending" : "reading";
    const rule = { direction: way, area: "schema", kind: "existence", action: "remove" } as const;
    rules[`${way}-property-removed-before-sunset`] = {
      ...rule,
      level: "breaking",
      message: sunsetMessage,
      why: "Clients were told that they may use it until the sunset.",
      migration: `Stop ${verb} the property now.`,
      example: exampleOf(wrap, withTag({ deprecated: true, "x-sunset": "2999-01-01" }), bare),
    };
    rules[`${way}-property-removed-with-deprecation`] = {
      ...rule,
      level: "safe",
      message: announcedMessage,
      why: "The removal was announced and its date has passed.",
      migration: `Stop ${verb} the property.`,
      example: exampleOf(wrap, withTag({ deprecated: true, "x-sunset": "2000-01-01" }), bare),
    };
    rules[`unstable-${way}-property-removed`] = {
      ...rule,
      level: "safe",
      message: unstableMessage,
      why: "A property of that level promises nothing.",
      migration: `Stop ${verb} the property.`,
      example: exampleOf(wrap, withTag({ "x-stability-level": "draft" }), bare),
    };
  }
  return rules as RemovalRules;
}
