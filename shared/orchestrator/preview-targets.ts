import type { Dependency } from "../dependencies/dependency.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import type { Clock } from "../jobs/ports.ts";
import type { PauseStore } from "../pauses/ports.ts";
import { assessTarget, type Decision, type OrchestratorPolicy } from "./assess-target.ts";

/** What a run would do about one target now, and why. */
export type AssessedTarget = { dependency: Dependency; decision: Decision };

export type PreviewPorts = {
  dependencies: Pick<DependencyStore, "list">;
  pauses: Pick<PauseStore, "listActive">;
  clock: Pick<Clock, "nowMs">;
};

/** What a run would do now about each of a tenant's targets, those that are not due and those opted out too. */
export const previewTargets = async (
  { dependencies, pauses, clock }: PreviewPorts,
  policy: OrchestratorPolicy,
  tenantId: string,
  page: { limit: number; cursor?: string },
): Promise<{ items: AssessedTarget[]; nextCursor?: string }> => {
  const { items, nextCursor } = await dependencies.list(tenantId, page);
  const active = await pauses.listActive();
  const nowMs = clock.nowMs();
  return {
    items: items.map((dependency) => ({ dependency, decision: assessTarget(dependency, policy, active, nowMs) })),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
};
