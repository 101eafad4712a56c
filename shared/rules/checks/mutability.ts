import type { Level } from "../../diff/change-set.ts";
import { requestWith, responseWith } from "../example-documents.ts";
import { defineCheck, type Rule } from "../rule.ts";

type Way = "request" | "response";
type Need = "required" | "optional";
type Turn = "became" | "became-not";
type Flag = "read-only" | "write-only";
type MutabilityId = `${Way}-${Need}-property-${Turn}-${Flag}`;

const message = "{place} {change}";

type Judgement = { level: Level; why: string; migration: string };

const nothing = "Nothing has to be done.";

/** By direction, flag and turn; where need decides, it is asked for. */
function judge(way: Way, need: Need, turn: Turn, flag: Flag): Judgement {
  if (way === "request" && flag === "read-only") {
    if (turn === "became") {
      const why = "Clients cannot set the value any more: it is ignored or refused where they still send it.";
      return { level: "risky", why, migration: "Stop sending the property." };
    }
    if (need === "required") {
      const why = "The property was not to be sent before and has to be sent now.";
      return { level: "breaking", why, migration: "Send the property in every request." };
    }
    return { level: "safe", why: "Clients may set the value now and do not have to.", migration: nothing };
  }
  if (way === "response" && flag === "write-only") {
    if (turn === "became") {
      const level = need === "required" ? "breaking" : "risky";
      const why = "The property is not returned any more.";
      return { level, why, migration: "Stop reading the property, or treat it as absent." };
    }
    return {
      level: "safe",
      why: "The property is returned now; clients ignore what they do not know.",
      migration: nothing,
    };
  }
  return { level: "safe", why: "The flag speaks of the other direction only.", migration: nothing };
}

function mutabilityRules(): Record<MutabilityId, Rule<typeof message>> {
  const rules: Record<string, Rule<typeof message>> = {};
  for (const way of ["request", "response"] as const) {
    for (const need of ["required", "optional"] as const) {
      for (const flag of ["read-only", "write-only"] as const) {
        for (const turn of ["became", "became-not"] as const) {
          const keyword = flag === "read-only" ? "readOnly" : "writeOnly";
          const document = (set: boolean) =>
            (way === "request" ? requestWith : responseWith)({
              type: "object",
              properties: { tag: { type: "string", ...(set && { [keyword]: true }) } },
              ...(need === "required" && { required: ["tag"] }),
            });
          rules[`${way}-${need}-property-${turn}-${flag}`] = {
            ...judge(way, need, turn, flag),
            direction: way,
            area: "schema",
            kind: "mutability",
            action: "change",
            message,
            example: { before: document(turn === "became-not"), after: document(turn === "became") },
          };
        }
      }
    }
  }
  return rules as Record<MutabilityId, Rule<typeof message>>;
}

export const mutabilityCheck = defineCheck({
  rules: mutabilityRules(),
  run(facts, report) {
    for (const fact of facts.mutability) {
      const { site } = fact.location;
      // Parameters travel one way and headers the other: neither flag means anything there.
      if (!site.endsWith("-body") && site !== "request-property" && site !== "response-property") continue;
      const way = site.startsWith("request") ? "request" : "response";
      const need = fact.required ? "required" : "optional";
      const flag = fact.flag === "readOnly" ? "read-only" : "write-only";
      const turn = fact.action === "added" ? "became" : "became-not";
      const change = `${turn === "became" ? "became" : "is no longer"} ${flag}`;
      report(`${way}-${need}-property-${turn}-${flag}`, fact, { change });
    }
  },
});
