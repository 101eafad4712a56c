import type * as z from "zod";
import type { searchHit, searchRoutes } from "../../shared/contracts/api/search.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { type SearchHit, type SearchPorts, searchOperations } from "../../shared/search/search-operations.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { ApiEvent } from "./request.ts";
import type { ApiResponse } from "./response.ts";
import type { HandlersOf } from "./route-handler.ts";
import { serveRoutes } from "./serve-routes.ts";

export type SearchApiPorts = Pick<ApiPorts, "clock" | "log"> & { search: SearchPorts };

/** `GET /api/search/operations`, a function of its own: it keeps tenants' indexes in memory. */
export const createSearchApi = (ports: SearchApiPorts): ((event: ApiEvent) => Promise<ApiResponse>) => {
  const handlers: HandlersOf<typeof searchRoutes> = {
    async searchOperations({ query: { q: question, limit, dependencyId }, caller }) {
      const { tenantId } = caller;
      if (dependencyId !== undefined && (await ports.search.dependencies.get(tenantId, dependencyId)) === undefined)
        throw new NotFoundError("dependency", dependencyId, "dependencyId");
      const hits = await searchOperations(ports.search, tenantId, { question, limit, dependencyId });
      return { status: 200, body: { data: hits.map(toHit) } };
    },
  };
  return serveRoutes(handlers, ports);
};

const toHit = ({ dependency, snapshotId, operation, score, explanation }: SearchHit): z.output<typeof searchHit> => ({
  dependencyId: dependency.id,
  dependencyName: dependency.name,
  snapshotId,
  method: operation.method,
  path: operation.path,
  operationId: operation.operationId,
  summary: operation.summary,
  deprecated: operation.deprecated,
  tags: operation.tags,
  score: Math.round(score * 1000) / 1000,
  explanation,
});
