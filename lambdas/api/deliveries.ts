import type * as z from "zod";
import type { Delivery } from "../../shared/alerts/channel.ts";
import type { delivery, deliveryRoutes } from "../../shared/contracts/api/deliveries.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { HandlersOf } from "./route-handler.ts";

export const deliveryHandlers = (ports: ApiPorts): HandlersOf<typeof deliveryRoutes> => ({
  async listDeliveries({ query, caller }) {
    const { limit, cursor, ...filter } = query;
    const { items, nextCursor } = await ports.deliveries.list(caller.tenantId, { limit, cursor }, filter);
    return { status: 200, body: { data: items.map(toDelivery), nextCursor } };
  },

  async getDelivery({ params, caller }) {
    const found = await ports.deliveries.get(caller.tenantId, params.deliveryId);
    if (found === undefined) throw new NotFoundError("delivery", params.deliveryId);
    return { status: 200, body: { data: toDelivery(found) } };
  },

  async redeliver({ params, caller }) {
    const { tenantId } = caller;
    const found = await ports.deliveries.get(tenantId, params.deliveryId);
    if (found === undefined) throw new NotFoundError("delivery", params.deliveryId);
    if ((await ports.channels.get(tenantId, found.channelId)) === undefined) {
      throw new ConflictError(`the channel of delivery ${found.id} was removed: there is nowhere to send it`);
    }
    // One that is pending is queued again too: its message may lie in the dead-letter queue, and its claim keeps two
    // messages from sending it twice.
    const pending = (await ports.deliveries.reopen(tenantId, found.id, ports.clock.nowMs())) ?? found;
    await ports.deliveryQueue.send({ tenantId, deliveryId: pending.id });
    return { status: 202, body: { data: toDelivery(pending) } };
  },
});

export const toDelivery = (from: Delivery): z.output<typeof delivery> => ({
  id: from.id,
  channelId: from.channelId,
  eventType: from.eventType,
  dependencyId: from.dependencyId,
  jobId: from.jobId,
  causeKey: from.causeKey,
  preferenceId: from.preferenceId,
  digestId: from.digestId,
  status: from.status,
  payload: from.payload,
  attempts: from.attempts.map(({ at, statusCode, error, responseExcerpt, durationMs }) => ({
    at,
    statusCode,
    error,
    responseExcerpt,
    durationMs,
  })),
  nextAttemptAt: from.nextAttemptAt,
  createdAt: from.createdAt,
  updatedAt: from.updatedAt,
});
