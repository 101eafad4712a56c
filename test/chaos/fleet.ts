import { type ApiClient, createApiClient } from "../../cli/client/api-client.ts";
import type { LocalJson } from "../../local/cloud-files.ts";
import type { Level } from "../../shared/diff/change-set.ts";
import type { Receivers } from "./receivers.ts";
import type { HostileUpstream } from "./upstream/hostile-upstream.ts";
import { type Temper, tempers } from "./upstream/tempers.ts";

/** A dependency that is watched, and the number of its document on the hostile hosts. */
export type Member = { number: number; id: string; tenantId: string; temper: Temper; client: ApiClient };

/** A webhook channel that was added. */
export type FleetChannel = { id: string; tenantId: string; minSeverity: Level };

export type Fleet = {
  tenantIds: string[];
  members: Member[];
  channels: FleetChannel[];
  admin: ApiClient;
};

const tenantNames = ["chaos one", "chaos two"] as const;
const severities = ["safe", "breaking"] as const;

/** In the storm an answer may take a few tries: the function that gives it is killed at times. */
const retryDelaysMs = [200, 500, 1_000, 2_000, 5_000, 10_000];

const clientOf = (local: LocalJson, apiKey: string): ApiClient =>
  createApiClient({ apiUrl: local.apiUrl, apiKey, retryDelaysMs });

/**
 * Two tenants with two channels each, and the dependencies shared out between them. The last of `addresses` is for moody hosts
 * alone; receivers are on the first.
 * @param count dependencies; every eighth has the same temper
 */
export const raiseFleet = async (
  local: LocalJson,
  { addresses, count }: { addresses: readonly string[]; count: number },
  upstream: HostileUpstream,
  receivers: Receivers,
): Promise<Fleet> => {
  const admin = clientOf(local, local.adminKey);
  const fleet: Fleet = { tenantIds: [], members: [], channels: [], admin };
  const tenants = await Promise.all(
    tenantNames.map(async (name) => {
      const { tenant, apiKey } = (await admin.call("createTenant", { body: { name } })).data;
      return { tenantId: tenant.id, client: clientOf(local, apiKey.secret) };
    }),
  );
  for (const { tenantId, client } of tenants) {
    fleet.tenantIds.push(tenantId);
    for (const minSeverity of severities) {
      const path = `${tenantId}-${minSeverity}`;
      const body = { name: minSeverity, url: `http://${addresses[0]}/hook/${path}`, minSeverity };
      const { data: channel } = await client.call("createChannel", { body });
      if (channel.type !== "webhook") throw new Error("the channel that was added is no webhook");
      receivers.add(path, channel.id, channel.secret);
      fleet.channels.push({ id: channel.id, tenantId, minSeverity });
    }
  }
  const calmAddresses = addresses.length > 1 ? addresses.slice(0, -1) : addresses;
  for (let number = 0; number < count; number += 1) {
    const temper = tempers[number % tempers.length];
    const tenant = tenants[number % tenants.length];
    if (temper === undefined || tenant === undefined) continue;
    const address = temper.isMoody ? addresses.at(-1) : calmAddresses[number % calmAddresses.length];
    upstream.add(number, temper);
    const body = { name: `${temper.name} ${number}`, specUrl: `http://${address}/${number}.json`, cadence: "5m" };
    const { data } = await tenant.client.call("createDependency", { body });
    fleet.members.push({ number, id: data.id, temper, ...tenant });
  }
  return fleet;
};

/** Has the schedule look at a dependency in its next run: one that is watched again is due at once. */
export const makeDue = async ({ client, id: dependencyId }: Member): Promise<void> => {
  for (const enabled of [false, true])
    await client.call("updateDependency", { params: { dependencyId }, body: { enabled } });
};

/** Ends what would go on after the chaos, on a cloud that others use too. */
export const disbandFleet = async ({ members }: Fleet): Promise<void> => {
  for (const { client, id: dependencyId } of members)
    await client.call("deleteDependency", { params: { dependencyId } });
};
