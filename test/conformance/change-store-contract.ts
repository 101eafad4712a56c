import { beforeAll, describe, expect, it } from "vitest";
import type { ChangeEvent, ChangeFilter } from "../../shared/changes/change-event.ts";
import type { ChangeStore } from "../../shared/changes/ports.ts";
import { snapshotId } from "../../shared/snapshots/snapshot.ts";
import { allPages, eventually, firstCursor } from "./paging.ts";
import { isoAt, minuteMs, newId, sampleChange, sha256, startMs } from "./samples.ts";

const descending = (events: readonly ChangeEvent[]): ChangeEvent[] =>
  [...events].sort((a, b) => (a.id < b.id ? 1 : -1));

/** What every store of changes does. */
export const changeStoreContract = (name: string, makeStore: () => Promise<ChangeStore>): void => {
  describe(`change store: ${name}`, () => {
    let changes: ChangeStore;
    beforeAll(async () => {
      changes = await makeStore();
    });

    const stored = async (own: Partial<ChangeEvent> = {}): Promise<ChangeEvent> => {
      const event = sampleChange(own);
      await changes.putOnce([event]);
      await eventually(async () => expect(await changes.get(event.tenantId, event.id)).toBeDefined());
      return event;
    };

    it("gives back what was stored, whatever a document put into it", async () => {
      const hostile = JSON.parse(
        `{"args":{"limit":1e308,"id":9007199254740993,"":{"__proto__":{"x":1}},"deep":${"[".repeat(60)}${"]".repeat(60)}}}`,
      );
      const event = await stored({ detail: hostile, operation: null, pointer: "", affectedOperations: [] });
      const found = await changes.get(event.tenantId, event.id);
      expect(found).toEqual(event);
      expect(JSON.stringify(found?.detail)).toBe(JSON.stringify(hostile));
    });

    it("writes each event once and leaves those that are there, with their acknowledgement", async () => {
      const event = await stored();
      const acknowledged = await changes.acknowledge(event.tenantId, event.id, "ann", isoAt(startMs));
      const other = sampleChange({ tenantId: event.tenantId, dependencyId: event.dependencyId });
      await changes.putOnce([{ ...event, summary: "again" }, other]);
      await changes.putOnce([]);
      const filter = { dependencyId: event.dependencyId };
      expect((await changes.list(event.tenantId, filter, { limit: 10 })).items).toEqual([other, acknowledged]);
    });

    it("writes a large batch, every event once, also when two workers write it", async () => {
      const [tenantId, dependencyId] = [newId(), newId()];
      const toSnapshotId = snapshotId(newId(), sha256("to"));
      const batch = Array.from({ length: 120 }, () => sampleChange({ tenantId, dependencyId, toSnapshotId }));
      await Promise.all([changes.putOnce(batch), changes.putOnce([...batch].reverse())]);
      await eventually(async () => {
        for (const filter of [{ dependencyId }, {}])
          expect(await allPages((page) => changes.list(tenantId, filter, page), 50)).toEqual(descending(batch));
      });
    });

    it("shows nothing of it to another tenant", async () => {
      const { id, dependencyId } = await stored();
      const stranger = newId();
      expect(await changes.get(stranger, id)).toBeUndefined();
      expect(await changes.acknowledge(stranger, id, "eve", isoAt(startMs))).toBeUndefined();
      expect(await changes.resolve(stranger, id, "eve", isoAt(startMs))).toBeUndefined();
      for (const filter of [{}, { dependencyId }])
        expect(await changes.list(stranger, filter, { limit: 10 })).toEqual({ items: [] });
    });

    it("filters by each field and by all together, in full pages, newest first", async () => {
      const tenantId = newId();
      const [first, second] = [newId(), newId()];
      const snapshots = [newId(), newId(), newId()].map((jobId) => snapshotId(jobId, sha256("to")));
      const events = Array.from({ length: 36 }, (_, index) =>
        sampleChange({
          tenantId,
          dependencyId: index % 2 === 0 ? first : second,
          toSnapshotId: snapshots[index % 3] ?? "",
          severity: index % 4 === 0 ? "safe" : "breaking",
          ruleId: index % 5 === 0 ? "rule-a" : "rule-b",
          causeKey: `cause-${index % 6}`,
        }),
      );
      await changes.putOnce(events);
      const filters: ChangeFilter[] = [
        {},
        { dependencyId: first },
        { severity: "safe" },
        { ruleId: "rule-a" },
        { causeKey: "cause-5" },
        { toSnapshotId: snapshots[1] },
        { toSnapshotId: snapshots[1], dependencyId: second },
        { dependencyId: first, severity: "breaking", ruleId: "rule-b", state: "open" },
        { causeKey: "cause-9" },
      ];
      for (const filter of filters) {
        const { state: _, ...equal } = filter;
        const expected = descending(events).filter((event) =>
          Object.entries(equal).every(([field, value]) => event[field as keyof ChangeEvent] === value),
        );
        for (const limit of [2, 100])
          await eventually(async () => {
            expect(await allPages((page) => changes.list(tenantId, filter, page), limit)).toEqual(expected);
          });
      }
      const cursor = await firstCursor((page) => changes.list(tenantId, {}, page));
      const next = { limit: 1, cursor };
      await expect(changes.list(newId(), {}, next)).rejects.toThrow("cursor");
      await expect(changes.list(tenantId, { severity: "safe" }, next)).rejects.toThrow("cursor");
    });

    it("moves an event from open to acknowledged to resolved, each step once", async () => {
      const event = await stored();
      const { tenantId, id } = event;
      const states = async () => {
        const open = await changes.list(tenantId, { state: "open" }, { limit: 10 });
        const acknowledged = await changes.list(tenantId, { state: "acknowledged" }, { limit: 10 });
        const resolved = await changes.list(tenantId, { state: "resolved" }, { limit: 10 });
        return [open, acknowledged, resolved].map(({ items }) => items.length);
      };
      expect(await states()).toEqual([1, 0, 0]);
      const acknowledged = { ...event, acknowledgedAt: isoAt(startMs), acknowledgedBy: "ann" };
      expect(await changes.acknowledge(tenantId, id, "ann", isoAt(startMs))).toEqual(acknowledged);
      expect(await changes.acknowledge(tenantId, id, "ben", isoAt(startMs))).toBe("conflict");
      expect(await states()).toEqual([0, 1, 0]);
      const at = isoAt(startMs + minuteMs);
      const resolved = { ...acknowledged, resolvedAt: at, resolvedBy: "ben" };
      expect(await changes.resolve(tenantId, id, "ben", at)).toEqual(resolved);
      expect(await changes.resolve(tenantId, id, "ann", at)).toBe("conflict");
      expect(await changes.acknowledge(tenantId, id, "ann", at)).toBe("conflict");
      expect(await states()).toEqual([0, 0, 1]);
      expect(await changes.get(tenantId, id)).toEqual(resolved);
    });

    it("lets one of ten acknowledge", async () => {
      const { tenantId, id } = await stored();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, who) => changes.acknowledge(tenantId, id, `user-${who}`, isoAt(startMs))),
      );
      expect(answers.filter((answer) => answer !== "conflict")).toHaveLength(1);
    });
  });
};
