import type * as z from "zod";
import type { Channel, Delivery } from "../../shared/alerts/channel.ts";
import { createChannelSecret } from "../../shared/alerts/channel-secret.ts";
import { buildChannelTestPayload } from "../../shared/alerts/webhook-payload.ts";
import type { channel, channelRoutes, channelWithSecret } from "../../shared/contracts/api/channels.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { assertFetchableUrl } from "../../shared/net/address-guard.ts";
import type { ApiPorts } from "./api-ports.ts";
import { toDelivery } from "./deliveries.ts";
import type { HandlersOf } from "./route-handler.ts";

/** Of a webhook's signing key; Standard Webhooks asks for 24 to 64. */
const channelSecretBytes = 32;
/** While a receiver changes over, both are signed with. */
const maxSecrets = 2;

export const channelHandlers = (ports: ApiPorts): HandlersOf<typeof channelRoutes> => {
  const ownChannel = async (tenantId: string, channelId: string): Promise<Channel> => {
    const found = await ports.channels.get(tenantId, channelId);
    if (found === undefined) throw new NotFoundError("channel", channelId);
    return found;
  };

  const updateOwn = async (tenantId: string, channelId: string, patch: Parameters<typeof ports.channels.update>[2]) => {
    const after = await ports.channels.update(tenantId, channelId, patch, ports.clock.nowMs());
    if (after === undefined) throw new NotFoundError("channel", channelId);
    return after;
  };

  return {
    async createChannel({ body, caller }) {
      assertFetchableUrl(body.url, ports.addressPolicy, { field: "url" });
      const at = new Date(ports.clock.nowMs()).toISOString();
      const secret = createChannelSecret(ports.randomBytes(channelSecretBytes));
      const created: Channel = {
        ...body,
        id: ports.newId(),
        tenantId: caller.tenantId,
        secrets: [secret],
        createdAt: at,
        updatedAt: at,
      };
      await ports.channels.create(created);
      return { status: 201, body: { data: toChannelWithSecret(created, secret) } };
    },

    async listChannels({ query, caller }) {
      const { items, nextCursor } = await ports.channels.list(caller.tenantId, query);
      return { status: 200, body: { data: items.map(toChannel), nextCursor } };
    },

    async getChannel({ params, caller }) {
      return { status: 200, body: { data: toChannel(await ownChannel(caller.tenantId, params.channelId)) } };
    },

    async updateChannel({ params, body, caller }) {
      await ownChannel(caller.tenantId, params.channelId);
      if (body.url !== undefined) assertFetchableUrl(body.url, ports.addressPolicy, { field: "url" });
      return { status: 200, body: { data: toChannel(await updateOwn(caller.tenantId, params.channelId, body)) } };
    },

    async deleteChannel({ params, caller }) {
      const isRemoved = await ports.channels.remove(caller.tenantId, params.channelId);
      if (!isRemoved) throw new NotFoundError("channel", params.channelId);
      return { status: 204, body: undefined };
    },

    async testChannel({ params, caller }) {
      const { tenantId } = caller;
      const { id: channelId } = await ownChannel(tenantId, params.channelId);
      const nowMs = ports.clock.nowMs();
      const at = new Date(nowMs).toISOString();
      const planned: Delivery = {
        id: ports.newId(),
        tenantId,
        channelId,
        eventType: "channel.test",
        status: "pending",
        payload: JSON.stringify(buildChannelTestPayload(tenantId, channelId, nowMs)),
        attempts: [],
        createdAt: at,
        updatedAt: at,
      };
      await ports.deliveries.putOnce(planned);
      await ports.deliveryQueue.send({ tenantId, deliveryId: planned.id });
      return { status: 202, body: { data: toDelivery(planned) } };
    },

    async rotateChannelSecret({ params, caller }) {
      const { id, secrets } = await ownChannel(caller.tenantId, params.channelId);
      const secret = createChannelSecret(ports.randomBytes(channelSecretBytes));
      const after = await updateOwn(caller.tenantId, id, { secrets: [secret, ...secrets].slice(0, maxSecrets) });
      return { status: 200, body: { data: toChannelWithSecret(after, secret) } };
    },
  };
};

const toChannel = (from: Channel): z.output<typeof channel> => ({
  id: from.id,
  type: from.type,
  name: from.name,
  url: from.url,
  minSeverity: from.minSeverity,
  enabled: from.enabled,
  createdAt: from.createdAt,
  updatedAt: from.updatedAt,
});

const toChannelWithSecret = (from: Channel, secret: string): z.output<typeof channelWithSecret> => ({
  ...toChannel(from),
  secret,
});
