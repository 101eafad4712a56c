import type { Evidence } from "../evidence.ts";
import { changeInvariants } from "./change-invariants.ts";
import { deliveryInvariants } from "./delivery-invariants.ts";
import type { Invariant, Verdict } from "./invariant.ts";
import { jobInvariants } from "./job-invariants.ts";
import { scheduleInvariants } from "./schedule-invariants.ts";
import { snapshotInvariants } from "./snapshot-invariants.ts";

/** Every promise that is looked at in the end. */
export const invariants: readonly Invariant[] = [
  ...jobInvariants,
  ...snapshotInvariants,
  ...changeInvariants,
  ...deliveryInvariants,
  ...scheduleInvariants,
];

export type Judgement = Verdict & { promise: string };

/** Looks at every promise. */
export const judge = (evidence: Evidence): Judgement[] =>
  invariants.map(({ promise, check }) => ({ promise, ...check(evidence) }));

/** Stories of what has not settled yet. */
export const unsettled = (evidence: Evidence): string[] =>
  invariants.filter(({ settles }) => settles).flatMap(({ check }) => check(evidence).broken);
