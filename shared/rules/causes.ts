import { createHash } from "node:crypto";
import type { Cause, Finding, Level } from "../diff/change-set.ts";
import type { Fact } from "../diff/facts.ts";
import { operationSetOf } from "../diff/operation-set.ts";

/** Levels from the worst to the mildest. */
export const levelOrder: readonly Level[] = ["breaking", "risky", "safe"];

/** Hex digits of a cause key: 64 bits, enough for the edits of any document. */
const keyLength = 16;

/**
 * Names the edit behind `fact`, whatever the operations that it reaches and the direction: the same edit has the same
 * key in every run.
 */
export function causeKeyOf(fact: Fact): string {
  const { scope, edit } = fact.location;
  return createHash("sha256").update(`${scope}\n${edit}`).digest("hex").slice(0, keyLength);
}

/** Groups `findings` by cause key. `scopeOf` gives the scope that a key was made with. */
export function groupByCause(findings: readonly Finding[], scopeOf: ReadonlyMap<string, Cause["scope"]>): Cause[] {
  const groups = new Map<string, number[]>();
  for (const [index, { causeKey }] of findings.entries()) {
    const group = groups.get(causeKey);
    if (group === undefined) groups.set(causeKey, [index]);
    else group.push(index);
  }
  // Findings come worst first, so the first of a group leads it, and the groups come in the order of their leads.
  return [...groups].flatMap(([key, indexes]) => {
    const members = indexes.flatMap((index) => findings[index] ?? []);
    const [lead] = members;
    if (lead === undefined) return [];
    const affectedOperations = operationSetOf(members.flatMap((finding) => finding.affectedOperations)).sorted();
    return [
      {
        key,
        scope: scopeOf.get(key) ?? "endpoint",
        level: lead.level,
        summary: `${capitalised(lead.message)}${reachText(lead.message, affectedOperations)}`,
        pointer: lead.pointer,
        affectedOperations,
        findings: indexes,
      },
    ];
  });
}

function reachText(message: string, operations: Cause["affectedOperations"]): string {
  const [only] = operations;
  if (only === undefined || message.includes(`${only.method} ${only.path}`)) return "";
  if (operations.length === 1) return `, in ${only.method} ${only.path}`;
  return `, which ${operations.length} operations use`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
