import { everyItem } from "../jobs/paging.ts";
import { catalogTenantId } from "../providers/catalog-tenant.ts";
import type { TenantStore } from "../tenants/ports.ts";
import type { Decision, OrchestratorPolicy } from "./assess-target.ts";
import { type PreviewPorts, previewTargets } from "./preview-targets.ts";
import type { RunRecord, RunStore } from "./run-record.ts";
import { type DueTotals, noTotals, stopBelowMs } from "./submit-due.ts";

export type DryRunPorts = PreviewPorts & {
  tenants: Pick<TenantStore, "list">;
  runs: RunStore;
  log(event: string, fields: Record<string, unknown>): void;
};

export type DryRun = DueTotals & { runId: number; status: RunRecord["status"] };

/**
 * A run that evaluates every target of every tenant, says of each in the log what it would do and why, and changes nothing
 * but its own record. It looks at all of them, so it reads as much as there is.
 */
export const dryRunOrchestrator = async (
  ports: DryRunPorts,
  options: OrchestratorPolicy & { remainingMs(): number },
): Promise<DryRun> => {
  const { runs, clock } = ports;
  const startedAt = new Date(clock.nowMs()).toISOString();
  const runId = await runs.begin(startedAt, true);
  const totals = noTotals();
  const complete = async (status: string, error: string | null): Promise<void> => {
    const { failed: _, isCutOff: __, ...counts } = totals;
    const completedAt = new Date(clock.nowMs()).toISOString();
    await runs.complete({ id: runId, startedAt, completedAt, status, dryRun: true, error, ...counts });
  };
  try {
    await assessAll(ports, options, totals);
    const status = totals.isCutOff ? "partial" : "completed";
    await complete(status, totals.isCutOff ? "its time was up before it had seen every target" : null);
    return { runId, status, ...totals };
  } catch (error) {
    await complete("failed", error instanceof Error ? error.message : String(error));
    throw error;
  }
};

const assessAll = async (
  ports: DryRunPorts,
  options: OrchestratorPolicy & { remainingMs(): number },
  totals: DueTotals,
): Promise<void> => {
  for await (const tenantId of everyOwner(ports)) {
    const readTargets = (page: { limit: number; cursor?: string }) => previewTargets(ports, options, tenantId, page);
    for await (const { dependency, decision } of everyItem(readTargets)) {
      if (options.remainingMs() < stopBelowMs) {
        totals.isCutOff = true;
        return;
      }
      count(totals, decision);
      ports.log("orchestrator.would", { tenantId, dependencyId: dependency.id, ...decision });
    }
  }
};

/** The tenants, and the catalog with its provider surfaces. */
async function* everyOwner({ tenants }: DryRunPorts): AsyncGenerator<string> {
  for await (const { id } of everyItem((page) => tenants.list(page))) yield id;
  yield catalogTenantId;
}

const count = (totals: DueTotals, { action }: Decision): void => {
  totals.tablesAssessed += 1;
  if (action === "skip") totals.tablesSkipped += 1;
  else if (action === "healthy") totals.tablesHealthy += 1;
  // What a real run would have submitted is in the log; a dry run submits nothing.
};
