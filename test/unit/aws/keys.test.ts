import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesOfSnapshot, dependencyKey, dueDependencyKey, dueUntil, snapshotKey } from "../../../shared/aws/keys.ts";

describe("keys of the table", () => {
  it("are valid for any id, and different for different ids", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (tenantA, idA, tenantB, idB) => {
        const [a, b] = [dependencyKey(tenantA, idA), dependencyKey(tenantB, idB)];
        expect(`${a.PK}|${a.SK}` === `${b.PK}|${b.SK}`).toBe(tenantA === tenantB && idA === idB);
        for (const { PK, SK } of [a, b]) {
          expect(PK.length).toBeLessThanOrEqual(512);
          expect(SK).toMatch(/^[!-}]{1,512}$/);
        }
      }),
    );
  });

  it("cannot be made to reach into another partition by an id", () => {
    const inside = snapshotKey("t1", "d1", "s1");
    expect(dependencyKey("t1#DEP#d1#SNAPSHOTS", "s1").PK).not.toContain("t1#DEP");
    expect(inside).toEqual({ PK: "TENANT#t1#DEP#d1#SNAPSHOTS", SK: "s1" });
  });

  it("sort due dependencies by time, and split them at any moment", () => {
    const at = (iso: string) => dueDependencyKey("d1", iso).GSI2SK;
    const moment = Date.parse("2040-01-01T00:00:00.500Z");
    expect(at("2040-01-01T00:00:00.5Z") < dueUntil(moment)).toBe(true);
    expect(at("2040-01-01T00:00:00.501Z") > dueUntil(moment)).toBe(true);
    expect(at("2040-01-01T01:00:00.499+01:00") < at("2040-01-01T00:00:00.500Z")).toBe(true);
  });

  it("hold a snapshot's changes in one range, whatever the snapshot's id is", () => {
    for (const id of ["01J00000000000000000000000-abc", "", "é", "~"]) {
      const { from, to } = changesOfSnapshot(id);
      expect(from < to).toBe(true);
    }
  });
});
