import type { Page, PageRequest } from "../jobs/paging.ts";
import type { Dependency, DependencyPatch } from "./dependency.ts";

/** Reads by id are strongly consistent and answer `undefined` for another tenant's dependency. */
export type DependencyStore = {
  create(dependency: Dependency): Promise<void>;
  get(tenantId: string, dependencyId: string): Promise<Dependency | undefined>;
  list(tenantId: string, page: PageRequest): Promise<Page<Dependency>>;
  /** A new `specUrl` or `uploadKey` clears the other one and the validators. `undefined` when it is not there. */
  update(tenantId: string, dependencyId: string, patch: DependencyPatch, atMs: number): Promise<Dependency | undefined>;
  /** Removes it from every list; its snapshots and changes stay for audits. `false` when it was not there. */
  remove(tenantId: string, dependencyId: string): Promise<boolean>;
  /** Enabled dependencies whose `nextCheckAt` is at or before `nowMs`, the longest due first, at most `limit`. */
  listDue(nowMs: number, limit: number): Promise<Dependency[]>;
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
