import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import type { Clock } from "../jobs/ports.ts";
import { assessTarget, type Decision, type OrchestratorPolicy } from "./assess-target.ts";

/** What a run would do about one target now, and why. */
export type AssessedTarget = { dependency: Dependency; decision: Decision };

/** What a run would do now about each of a tenant's targets, those that are not due and those opted out too. */
export const previewTargets = async (
  { dependencies, clock }: { dependencies: Pick<DependencyStore, "list">; clock: Pick<Clock, "nowMs"> },
  policy: OrchestratorPolicy,
  tenantId: string,
  page: { limit: number; cursor?: string },
): Promise<{ items: AssessedTarget[]; nextCursor?: string }> => {
  const { items, nextCursor } = await dependencies.list(tenantId, page);
  const nowMs = clock.nowMs();
  return {
    items: items.map((dependency) => ({ dependency, decision: assessTarget(dependency, policy, nowMs) })),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
};
