import type { bulkRetryRoutes } from "../../shared/contracts/api/bulk-retry.ts";
import type { BodyOf } from "../../shared/contracts/api/route.ts";
import { retryJobs } from "../../shared/jobs/bulk-retry.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { HandlersOf } from "./route-handler.ts";
import { toSyncJob } from "./sync-jobs.ts";

type RetryBody = BodyOf<typeof bulkRetryRoutes.retrySyncJobs>;

export const bulkRetryHandlers = (ports: ApiPorts): HandlersOf<typeof bulkRetryRoutes> => {
  const retry = async (tenantId: string, { status: statuses, limit, cursor, dryRun, ...filter }: RetryBody) => {
    const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
    const { items, nextCursor } = await retryJobs(ports, tenantId, { ...filter, statuses }, page, dryRun);
    const data = items.map((item) => ({
      outcome: item.outcome,
      reason: item.outcome === "skipped" ? item.reason : undefined,
      job: toSyncJob(item.job),
    }));
    return { status: 200, body: { data, nextCursor } } as const;
  };

  return {
    retrySyncJobs: ({ body, caller }) => retry(caller.tenantId, body),

    async retryJobsOfTenant({ body: { tenantId, ...body } }) {
      if ((await ports.tenants.get(tenantId)) === undefined) throw new NotFoundError("tenant", tenantId, "tenantId");
      return retry(tenantId, body);
    },
  };
};
