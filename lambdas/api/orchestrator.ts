import type * as z from "zod";
import type { orchestratorRoutes, orchestratorRun } from "../../shared/contracts/api/orchestrator.ts";
import { previewTargets } from "../../shared/orchestrator/preview-targets.ts";
import type { RunRecord } from "../../shared/orchestrator/run-record.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { HandlersOf } from "./route-handler.ts";

export const orchestratorHandlers = (ports: ApiPorts): HandlersOf<typeof orchestratorRoutes> => ({
  async recordOrchestratorRun({ body }) {
    const run = await ports.runs.record({
      startedAt: body.started_at,
      completedAt: body.completed_at,
      status: body.status,
      tablesAssessed: body.tables_assessed,
      tablesSkipped: body.tables_skipped,
      tablesHealthy: body.tables_healthy,
      jobsSubmitted: body.jobs_submitted,
      jobsCompleted: body.jobs_completed,
      jobsFailed: body.jobs_failed,
      dryRun: body.dry_run,
      error: body.error,
    });
    return { status: 201, body: toOrchestratorRun(run) };
  },

  async listOrchestratorRuns({ query }) {
    return { status: 200, body: (await ports.runs.list(query.limit)).map(toOrchestratorRun) };
  },

  async previewOrchestratorRun({ query: { tenant_id: tenantId, ...page } }) {
    const { items, nextCursor } = await previewTargets(ports, ports.orchestratorPolicy, tenantId, page);
    const data = items.map(({ dependency, decision }) => ({
      tenant_id: dependency.tenantId,
      dependency_id: dependency.id,
      name: dependency.name,
      action: decision.action,
      reason: decision.reason,
      until: "until" in decision ? decision.until : undefined,
      pause_id: "pauseId" in decision ? decision.pauseId : undefined,
    }));
    return { status: 200, body: { data, nextCursor } };
  },
});

/** The wire's form of a time: microseconds, and the offset of UTC in full. */
const toRunTime = (iso: string): string => {
  const microseconds = (/\.(\d+)/.exec(iso)?.[1] ?? "").padEnd(6, "0").slice(0, 6);
  return `${new Date(iso).toISOString().slice(0, 19)}.${microseconds}+00:00`;
};

const toOrchestratorRun = (run: RunRecord): z.output<typeof orchestratorRun> => ({
  id: run.id,
  started_at: toRunTime(run.startedAt),
  completed_at: toRunTime(run.completedAt),
  status: run.status,
  tables_assessed: run.tablesAssessed,
  tables_skipped: run.tablesSkipped,
  tables_healthy: run.tablesHealthy,
  jobs_submitted: run.jobsSubmitted,
  jobs_completed: run.jobsCompleted,
  jobs_failed: run.jobsFailed,
  dry_run: run.dryRun,
  error: run.error,
});
