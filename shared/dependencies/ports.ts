import type { Page, PageRequest } from "../jobs/paging.ts";
import type { Dependency, DependencyPatch } from "./dependency.ts";

export type DueWindow = {
  nowMs: number;
  /** Up to here earlier runs have looked at beats, in epoch milliseconds. */
  coveredMs?: number | undefined;
};

/** `coveredMs`: every beat up to there is in this batch or in one before it. */
export type DueBatch = { dependencies: Dependency[]; coveredMs: number };

/** Reads by id are strongly consistent and answer `undefined` for another tenant's dependency. */
export type DependencyStore = {
  create(dependency: Dependency): Promise<void>;
  get(tenantId: string, dependencyId: string): Promise<Dependency | undefined>;
  list(tenantId: string, page: PageRequest): Promise<Page<Dependency>>;
  /** A new `specUrl` or `uploadKey` clears the other one and the validators. `undefined` when it is not there. */
  update(tenantId: string, dependencyId: string, patch: DependencyPatch, atMs: number): Promise<Dependency | undefined>;
  /** Removes it from every list; its snapshots and changes stay for audits. `false` when it was not there. */
  remove(tenantId: string, dependencyId: string): Promise<boolean>;
  /**
   * Those about which something is due at `nowMs` (`isDue`: a check, or a notice), the longest due first, in batches of up
   * to 100. Of those that wait on their beat (`beatOf`) the ones whose beat came after `coveredMs`, or all without it. Found by an
   * index: each is read once, and whoever stops early has read a few hundred entries ahead at most.
   */
  due(window: DueWindow): AsyncIterable<DueBatch>;
  /**
   * Moves the next check of a dependency that was just read, with one write and no read. `false` when another one moved
   * it, its health or its being enabled meanwhile.
   */
  planCheck(read: Dependency, nextCheckAt: string): Promise<boolean>;
  /**
   * Subscribers of a provider surface, of all tenants, by id: at most `limit` of those after the id `after`. Found by an index,
   * which shows a subscription a moment after it was made. `next` goes on behind them; absent at the end.
   */
  subscribers(
    surfaceId: string,
    page: { after?: string; limit: number },
  ): Promise<{ subscribers: Dependency[]; next?: string }>;
  /** The tenant's dependencies that follow provider surfaces, or one of them; by surface. */
  subscriptions(tenantId: string, page: PageRequest, surfaceId?: string): Promise<Page<Dependency>>;
  /** Notes what its people were told of its health. `undefined` when it is not there. */
  noteNotice(tenantId: string, dependencyId: string, toldUnhealthy: boolean): Promise<Dependency | undefined>;
};

/** One document of a kind for each dependency. */
export type PerDependencyStore<T> = {
  get(tenantId: string, dependencyId: string): Promise<T | undefined>;
  /**
   * Reads, changes and writes without losing another's write; `change` may run several times, and begins with `undefined`
   * where there is none yet. What it throws is thrown, and nothing is written.
   */
  change(tenantId: string, dependencyId: string, change: (before: T | undefined) => T): Promise<T>;
};
