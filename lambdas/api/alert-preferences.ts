import type * as z from "zod";
import { type AlertPreference, applyPreferencePatch } from "../../shared/alerts/preferences/alert-preference.ts";
import {
  type alertPreference,
  type alertPreferenceRoutes,
  isEndpointPattern,
} from "../../shared/contracts/api/alert-preferences.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import { InvalidRequestError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";

export const alertPreferenceHandlers = (ports: ApiPorts): HandlersOf<typeof alertPreferenceRoutes> => {
  /** @throws InvalidRequestError for a channel that the tenant has not */
  const checkChannels = async (tenantId: string, channels: readonly string[] = []): Promise<void> => {
    const found = await Promise.all(channels.map((id) => ports.channels.get(tenantId, id)));
    const missing = channels.find((_, index) => found[index] === undefined);
    if (missing !== undefined) throw new InvalidRequestError(`there is no channel ${missing}`, "channels");
  };

  return {
    async createAlertPreference({ body, caller }) {
      await checkChannels(caller.tenantId, body.channels);
      const at = new Date(ports.clock.nowMs()).toISOString();
      const { mute, ...settings } = body;
      const created: AlertPreference = {
        ...settings,
        ...(mute === undefined ? {} : { mute }),
        id: ports.newId(),
        tenantId: caller.tenantId,
        createdAt: at,
        updatedAt: at,
      };
      await ports.alertPreferences.create(created);
      return { status: 201, body: { data: toAlertPreference(created) } };
    },

    async listAlertPreferences({ query, caller }) {
      const { items, nextCursor } = await ports.alertPreferences.list(caller.tenantId, query);
      return { status: 200, body: { data: items.map(toAlertPreference), nextCursor } };
    },

    async getAlertPreference({ params, caller }) {
      const found = await ports.alertPreferences.get(caller.tenantId, params.preferenceId);
      if (found === undefined) throw new NotFoundError("preference", params.preferenceId);
      return { status: 200, body: { data: toAlertPreference(found) } };
    },

    async updateAlertPreference({ params, body, caller }) {
      const { tenantId } = caller;
      const found = await ports.alertPreferences.get(tenantId, params.preferenceId);
      if (found === undefined) throw new NotFoundError("preference", params.preferenceId);
      await checkChannels(tenantId, body.channels);
      if (!isEndpointPattern({ ...found, ...body })) {
        throw new InvalidRequestError("must be a method and a path, such as GET /v1/*", "scopeValue");
      }
      const nowMs = ports.clock.nowMs();
      const after = await ports.alertPreferences.update(tenantId, found.id, (before) =>
        applyPreferencePatch(before, body, nowMs),
      );
      if (after === undefined) throw new NotFoundError("preference", found.id);
      return { status: 200, body: { data: toAlertPreference(after) } };
    },

    async deleteAlertPreference({ params, caller }) {
      const isRemoved = await ports.alertPreferences.remove(caller.tenantId, params.preferenceId);
      if (!isRemoved) throw new NotFoundError("preference", params.preferenceId);
      return { status: 204, body: undefined };
    },
  };
};

const toAlertPreference = (from: AlertPreference): z.output<typeof alertPreference> => ({
  id: from.id,
  name: from.name,
  scope: from.scope,
  scopeValue: from.scopeValue,
  minSeverity: from.minSeverity,
  channels: from.channels,
  timeZone: from.timeZone,
  mute: from.mute,
  digest: from.digest,
  enabled: from.enabled,
  createdAt: from.createdAt,
  updatedAt: from.updatedAt,
});
