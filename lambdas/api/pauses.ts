import type * as z from "zod";
import type { pause, pauseRoutes } from "../../shared/contracts/api/pauses.ts";
import type { JobType } from "../../shared/contracts/job-types.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import type { Page, PageRequest } from "../../shared/jobs/paging.ts";
import type { Pause } from "../../shared/pauses/pause.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { HandlersOf } from "./route-handler.ts";

type Beginning = Pick<Pause, "setBy" | "reason" | "pausedBy"> & { tenantId?: string; jobType?: JobType };
type ListQuery = PageRequest & { state: "active" | "ended" };

export const pauseHandlers = ({
  pauses,
  tenants,
  newId,
  clock,
}: Pick<ApiPorts, "pauses" | "tenants" | "newId" | "clock">): HandlersOf<typeof pauseRoutes> => {
  const at = () => new Date(clock.nowMs()).toISOString();

  const begin = async (beginning: Beginning) => {
    const begun = await pauses.begin({ ...beginning, id: newId(), pausedAt: at() });
    return { status: begun.created ? 201 : 200, body: { data: toPause(begun.pause) } } as const;
  };

  const end = async (pauseId: string, by: string, reason: string) => {
    const ended = await pauses.end(pauseId, { at: at(), by, reason });
    if (ended === undefined) throw new NotFoundError("pause", pauseId);
    return { status: 200, body: { data: toPause(ended) } } as const;
  };

  const list = async ({ state, ...page }: ListQuery, tenantId?: string) => {
    const { items, nextCursor }: Page<Pause> =
      state === "ended" ? await pauses.listEnded(page, tenantId) : { items: await pauses.listActive() };
    const own = items.filter((one) => tenantId === undefined || (one.tenantId ?? tenantId) === tenantId);
    return { status: 200, body: { data: own.map(toPause), nextCursor } } as const;
  };

  return {
    listPauses: ({ query, caller }) => list(query, caller.tenantId),

    createPause: ({ body, caller: { tenantId, keyId } }) =>
      begin({ ...body, tenantId, setBy: "tenant", pausedBy: keyId }),

    async endPause({ params: { pauseId }, body, caller: { tenantId, keyId } }) {
      const active = await pauses.listActive();
      const isOwn = active.some((one) => one.id === pauseId && one.setBy === "tenant" && one.tenantId === tenantId);
      if (!isOwn) throw new NotFoundError("pause", pauseId);
      return end(pauseId, keyId, body.reason);
    },

    listAllPauses: ({ query }) => list(query),

    async createOperatorPause({ body: { by, ...beginning } }) {
      const { tenantId } = beginning;
      if (tenantId !== undefined && (await tenants.get(tenantId)) === undefined)
        throw new NotFoundError("tenant", tenantId, "tenantId");
      return begin({ ...beginning, setBy: "operator", pausedBy: by });
    },

    endAnyPause: ({ params, body }) => end(params.pauseId, body.by, body.reason),
  };
};

const toPause = (from: Pause): z.output<typeof pause> => ({
  id: from.id,
  tenantId: from.tenantId,
  jobType: from.jobType,
  setBy: from.setBy,
  reason: from.reason,
  pausedAt: from.pausedAt,
  pausedBy: from.pausedBy,
  resumedAt: from.resumedAt,
  resumedBy: from.resumedBy,
  resumeReason: from.resumeReason,
});
