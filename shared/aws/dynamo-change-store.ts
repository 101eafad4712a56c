import type { ChangeEvent } from "../changes/change-event.ts";
import { changeListName, matchesFilter } from "../changes/matches-filter.ts";
import type { ChangeStore } from "../changes/ports.ts";
import { type KeyRange, readPage, readRange } from "./dynamo-list.ts";
import { changeEntity, type DynamoTable, putNew } from "./dynamo-table.ts";
import { changeItem } from "./items/change-item.ts";
import { changeKey, changeListKey, changesOfSnapshot, partitions } from "./keys.ts";

/** Puts in flight at once: below what one index partition takes (1,000 a second) at 5 ms a put. */
const concurrentPuts = 5;

export const dynamoChangeStore = (table: DynamoTable): ChangeStore => {
  /** By GSI1, as the id does not name the dependency: visible there a moment after it was written. */
  const find = async (tenantId: string, changeId: string): Promise<ChangeEvent | undefined> => {
    const { GSI1PK, GSI1SK } = changeListKey(tenantId, changeId);
    const range: KeyRange = { index: "GSI1", partition: GSI1PK, from: GSI1SK, to: GSI1SK, order: "newestFirst" };
    const [entry] = await readRange(table, changeItem, range, undefined, 1);
    return entry?.value;
  };

  const changeOpen = async (
    tenantId: string,
    changeId: string,
    isOpen: (event: ChangeEvent) => boolean,
    change: Partial<ChangeEvent>,
  ): Promise<ChangeEvent | "conflict" | undefined> => {
    const found = await find(tenantId, changeId);
    if (found === undefined) return undefined;
    const { before, after } = await changeEntity(table, changeItem, changeKey(found), (event) =>
      isOpen(event) ? { ...event, ...change } : undefined,
    );
    return before === undefined ? undefined : (after ?? "conflict");
  };

  return {
    async putOnce(events) {
      const waiting = events.values();
      const putNext = async (): Promise<void> => {
        for (const event of waiting) await putNew(table, changeItem, event);
      };
      await Promise.all(Array.from({ length: concurrentPuts }, putNext));
    },

    get: find,

    list(tenantId, filter, page) {
      const { dependencyId, toSnapshotId } = filter;
      const range: KeyRange = {
        ...(dependencyId === undefined
          ? { index: "GSI1", partition: partitions.changesOfTenant(tenantId) }
          : { partition: partitions.changesOfDependency(tenantId, dependencyId) }),
        ...(toSnapshotId === undefined ? {} : changesOfSnapshot(toSnapshotId)),
        order: "newestFirst",
      };
      const { dependencyId: _, ...rest } = filter;
      const isFiltered = Object.values(rest).some((value) => value !== undefined);
      return readPage<ChangeEvent>(
        changeListName(tenantId, filter),
        page,
        (after, count) => readRange(table, changeItem, range, after, count),
        isFiltered ? (event) => matchesFilter(event, filter) : undefined,
      );
    },

    acknowledge(tenantId, changeId, by, at) {
      const isOpen = (event: ChangeEvent) => event.acknowledgedAt === undefined && event.resolvedAt === undefined;
      return changeOpen(tenantId, changeId, isOpen, { acknowledgedAt: at, acknowledgedBy: by });
    },

    resolve(tenantId, changeId, by, at) {
      const isOpen = (event: ChangeEvent) => event.resolvedAt === undefined;
      return changeOpen(tenantId, changeId, isOpen, { resolvedAt: at, resolvedBy: by });
    },
  };
};
