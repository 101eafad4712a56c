import { describe, expect, it } from "vitest";
import { allRules } from "../../../shared/rules/registry.ts";
import { ruleIdsOf } from "./compare-documents.ts";
import { directionMirrorWaivers, timeMirrorWaivers } from "./mirror-waivers.ts";
import { directionMirrorsOf, timeMirrorsOf } from "./mirrors.ts";

const rules = allRules();
const idsOf = (waivers: readonly { ids: readonly string[] }[]) => waivers.flatMap((waiver) => waiver.ids);
const hasAny = (ids: string[]) => ids.some((id) => rules.has(id));

describe("the mirrors of the rules", () => {
  it("has a rule for each edit taken back, or a written waiver", () => {
    const alone = [...rules].filter(([id, rule]) => !hasAny(timeMirrorsOf(id, rule))).map(([id]) => id);
    expect(alone.sort()).toEqual(idsOf(timeMirrorWaivers).sort());
  });

  it("has a rule for the other direction of travel, or a written waiver", () => {
    const travelling = [...rules].filter(([, { direction }]) => direction !== "none");
    const alone = travelling.filter(([id]) => !hasAny(directionMirrorsOf(id))).map(([id]) => id);
    expect(alone.sort()).toEqual(idsOf(directionMirrorWaivers).sort());
  });

  it("gives a waiver one reason that is a sentence", () => {
    const waivers = [...timeMirrorWaivers, ...directionMirrorWaivers];
    expect(waivers.filter(({ ids, reason }) => ids.length === 0 || !reason.endsWith("."))).toEqual([]);
  });

  it.each([...rules])("the example of %s, swapped, gives one finding of a mirror", (id, rule) => {
    const swapped = ruleIdsOf(rule.example.after, rule.example.before);
    const isWaived = idsOf(timeMirrorWaivers).includes(id);
    expect(swapped.length).toBeLessThanOrEqual(1);
    if (!isWaived) expect(timeMirrorsOf(id, rule)).toContain(swapped[0]);
  });
});
