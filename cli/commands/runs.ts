import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { printJson, printLine, printTable } from "../client/print.ts";

export const listRuns = async (session: ApiSession, { limit }: { limit: string }): Promise<void> => {
  const runs = await session.client.call("listOrchestratorRuns", { query: { limit: readLimit(limit) } });
  if (printJson(session, runs)) return;
  if (runs.length === 0) return printLine(session, "no runs of the orchestrator yet");
  const rows = runs.map((run) => [
    String(run.id),
    run.dry_run ? `${run.status} (dry run)` : run.status,
    run.started_at,
    String(run.tables_assessed),
    String(run.tables_skipped),
    String(run.tables_healthy),
    String(run.jobs_submitted),
    String(run.jobs_completed),
    String(run.jobs_failed),
    run.error ?? "",
  ]);
  printTable(
    session,
    ["run", "status", "started", "assessed", "skipped", "healthy", "submitted", "completed", "failed", "error"],
    rows,
  );
};

/** What the next run would do about each target of one tenant, or of all. */
export const previewRun = async (
  session: ApiSession,
  { tenant, limit }: { tenant?: string | undefined; limit: string },
): Promise<void> => {
  const wanted = readLimit(limit);
  const { client } = session;
  const tenantIds =
    tenant === undefined
      ? (await collect(10_000, (query) => client.call("listTenants", { query }))).map(({ id }) => id)
      : [tenant];
  const targets = [];
  for (const tenantId of tenantIds) {
    if (targets.length === wanted) break;
    targets.push(
      ...(await collect(wanted - targets.length, (query) =>
        client.call("previewOrchestratorRun", { query: { ...query, tenant_id: tenantId } }),
      )),
    );
  }
  if (printJson(session, targets)) return;
  if (targets.length === 0) return printLine(session, "there is nothing to watch yet");
  const rows = targets.map(({ tenant_id, dependency_id, name, action, reason, until }) => [
    tenant_id,
    dependency_id,
    name,
    action,
    reason.replaceAll("_", " "),
    until ?? "",
  ]);
  printTable(session, ["tenant", "dependency", "name", "would", "because", "until"], rows);
};

export const runs = defineCommand({
  meta: { name: "runs", description: "Look at the orchestrator's runs (takes the admin key)" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List runs, newest first, at most 100" },
      args: { ...limitArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listRuns(session, args)),
    }),
    preview: defineCommand({
      meta: { name: "preview", description: "Say of each target what a run would do about it now, and why" },
      args: {
        tenant: { type: "string", valueHint: "ID", description: "Of this tenant alone" },
        limit: { ...limitArg.limit, default: "1000" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => previewRun(session, args)),
    }),
  },
});
