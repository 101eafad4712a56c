import type * as z from "zod";
import { buildChannelTestPayload } from "../../shared/alerts/alert-event.ts";
import type { Channel } from "../../shared/alerts/channel.ts";
import { createChannelSecret } from "../../shared/alerts/channel-secret.ts";
import { applyChannelPatch, applyRotation, foreignField } from "../../shared/alerts/channel-transitions.ts";
import { sendEvent } from "../../shared/alerts/send-event.ts";
import type {
  channel,
  channelRoutes,
  createChannelBody,
  updateChannelBody,
} from "../../shared/contracts/api/channels.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import { assertFetchableUrl } from "../../shared/net/address-guard.ts";
import type { ApiPorts } from "./api-ports.ts";
import { toDelivery } from "./deliveries.ts";
import { InvalidRequestError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";

/** Of a webhook's signing key; Standard Webhooks asks for 24 to 64. */
const channelSecretBytes = 32;

export const channelHandlers = (ports: ApiPorts): HandlersOf<typeof channelRoutes> => {
  const ownChannel = async (tenantId: string, channelId: string): Promise<Channel> => {
    const found = await ports.channels.get(tenantId, channelId);
    if (found === undefined) throw new NotFoundError("channel", channelId);
    return found;
  };

  const newSecret = (): string => createChannelSecret(ports.randomBytes(channelSecretBytes));

  const newChannel = (body: z.output<typeof createChannelBody>, tenantId: string): Channel => {
    const at = new Date(ports.clock.nowMs()).toISOString();
    const made = { id: ports.newId(), tenantId, createdAt: at, updatedAt: at };
    return body.type === "webhook" ? { ...body, ...made, secrets: [newSecret()] } : { ...body, ...made };
  };

  return {
    async createChannel({ body, caller }) {
      assertReachable(ports, body);
      const created = newChannel(body, caller.tenantId);
      await ports.channels.create(created);
      if (created.type !== "webhook") return { status: 201, body: { data: toOther(created) } };
      const [secret = ""] = created.secrets;
      return { status: 201, body: { data: { ...toWebhook(created), secret } } };
    },

    async listChannels({ query, caller }) {
      const { items, nextCursor } = await ports.channels.list(caller.tenantId, query);
      return { status: 200, body: { data: items.map(toChannel), nextCursor } };
    },

    async getChannel({ params, caller }) {
      return { status: 200, body: { data: toChannel(await ownChannel(caller.tenantId, params.channelId)) } };
    },

    async updateChannel({ params, body, caller }) {
      const { id, type } = await ownChannel(caller.tenantId, params.channelId);
      const foreign = foreignField(type, body);
      if (foreign !== undefined) throw new InvalidRequestError(`a channel of type ${type} has no ${foreign}`, foreign);
      assertReachable(ports, body);
      const nowMs = ports.clock.nowMs();
      const after = await ports.channels.update(caller.tenantId, id, (one) => applyChannelPatch(one, body, nowMs));
      if (after === undefined) throw new NotFoundError("channel", id);
      return { status: 200, body: { data: toChannel(after) } };
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
      const planned = await sendEvent(
        { deliveries: ports.deliveries, queue: ports.deliveryQueue },
        {
          id: ports.newId(),
          tenantId,
          channelId,
          eventType: "channel.test",
          payload: JSON.stringify(buildChannelTestPayload(tenantId, channelId, nowMs)),
          createdAt: new Date(nowMs).toISOString(),
        },
      );
      return { status: 202, body: { data: toDelivery(planned) } };
    },

    async rotateChannelSecret({ params, caller }) {
      const { id, type } = await ownChannel(caller.tenantId, params.channelId);
      if (type !== "webhook") throw new ConflictError(`a channel of type ${type} signs nothing: it has no secret`);
      const secret = newSecret();
      const nowMs = ports.clock.nowMs();
      const after = await ports.channels.update(caller.tenantId, id, (one) => applyRotation(one, secret, nowMs));
      if (after?.type !== "webhook") throw new NotFoundError("channel", id);
      return { status: 200, body: { data: { ...toWebhook(after), secret } } };
    },
  };
};

/** @throws UrlRefusedError | PrivateAddressError | InvalidRequestError for what this deployment may not send to */
const assertReachable = (
  { addressPolicy, alertSenders }: ApiPorts,
  settings: z.output<typeof createChannelBody> | z.output<typeof updateChannelBody>,
): void => {
  const { url, busArn, to }: z.output<typeof updateChannelBody> = settings;
  if (url !== undefined) assertFetchableUrl(url, addressPolicy, { field: "url" });
  if (busArn !== undefined && !alertSenders.eventBusArns.has(busArn)) {
    const advice = "an operator can name it in FOREWARN_ALERT_EVENT_BUS_ARNS";
    throw new InvalidRequestError(`this deployment may not put events on that bus: ${advice}`, "busArn");
  }
  if (to !== undefined && !alertSenders.sendsEmail) {
    const advice = "an operator can set FOREWARN_ALERT_EMAIL_FROM";
    throw new InvalidRequestError(`this deployment sends no e-mail: ${advice}`, "to");
  }
};

type Shown<Type extends Channel["type"]> = Extract<z.output<typeof channel>, { type: Type }>;

const toChannel = (from: Channel): z.output<typeof channel> =>
  from.type === "webhook" ? toWebhook(from) : toOther(from);

const sharedFields = (from: Channel) => ({
  id: from.id,
  name: from.name,
  minSeverity: from.minSeverity,
  enabled: from.enabled,
  failingSince: from.failingSince,
  disabledAt: from.disabledAt,
  disabledBecause: from.disabledBecause,
  createdAt: from.createdAt,
  updatedAt: from.updatedAt,
});

const toWebhook = (from: Extract<Channel, { type: "webhook" }>): Shown<"webhook"> => ({
  ...sharedFields(from),
  type: from.type,
  url: from.url,
});

const toOther = (from: Exclude<Channel, { type: "webhook" }>): Exclude<z.output<typeof channel>, Shown<"webhook">> => {
  const shared = sharedFields(from);
  switch (from.type) {
    case "slack":
    case "teams":
      return { ...shared, type: from.type, urlHint: `${new URL(from.url).origin}/…${tailOf(from.url)}` };
    case "pagerduty":
      return { ...shared, type: from.type, routingKeyHint: `…${tailOf(from.routingKey)}`, region: from.region };
    case "eventbridge":
      return { ...shared, type: from.type, busArn: from.busArn };
    case "email":
      return { ...shared, type: from.type, to: from.to };
  }
};

/** Enough to tell one's own apart, too little to use. */
const tailOf = (credential: string): string => credential.slice(-4);
