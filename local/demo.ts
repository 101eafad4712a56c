/**
 * `npm run demo`: a real 4 MB OpenAPI document goes through the pipeline, its next version arrives, and what changed is
 * explained and sent. Exits 0 only when all of it happened.
 */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import pc from "picocolors";
import { Webhook } from "standardwebhooks";
import { type ApiClient, createApiClient } from "../cli/client/api-client.ts";
import { allowedPrivateHostsFrom, type LocalCloud, projectFolder, startCloud } from "./cloud.ts";
import { LocalCommandError } from "./errors.ts";
import { findFreePort } from "./free-ports.ts";
import { runScript } from "./run-script.ts";

const say = (line = ""): void => console.log(line);
const fixture = (version: "old" | "new"): Buffer =>
  gunzipSync(readFileSync(join(projectFolder, "test/fixtures/specs/stripe-adj", `${version}.json.gz`)));

/** Marks what the demo makes. */
const demoName = "demo";

type ReceivedWebhook = { headers: Record<string, string>; body: string };

/** Serves the document and receives the webhooks, on one address that the app may reach. */
type Outside = { url: string; publish(document: Uint8Array): void; received: ReceivedWebhook[]; close(): void };

const startOutside = (server: Server, address: string): Outside => {
  let document: Uint8Array = Buffer.alloc(0);
  const received: ReceivedWebhook[] = [];
  server.on("request", async (request, response) => {
    if (request.method === "POST") {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push({ headers, body: await text(request) });
      response.writeHead(204).end();
    } else response.writeHead(200, { "content-type": "application/json" }).end(document);
  });
  return {
    url: `http://${address}`,
    received,
    publish(next) {
      document = next;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Listens on the first of the app's allowed addresses that is free on this machine; `undefined` when none is. */
const listenOnAllowed = async (hosts: readonly string[]): Promise<{ server: Server; address: string } | undefined> => {
  for (const address of hosts.filter((host) => host.startsWith("127.0.0.1:"))) {
    const server = createServer();
    try {
      server.listen(Number(address.split(":")[1]), "127.0.0.1");
      await once(server, "listening");
      return { server, address };
    } catch {
      // Somebody else listens there.
    }
  }
  return undefined;
};

/** Shows each stage as it is completed; returns the finished job. @throws LocalCommandError when it does not finish. */
const watch = async (client: ApiClient, jobId: string) => {
  const shown = new Set<string>();
  const startedMs = Date.now();
  for (;;) {
    const { data: job } = await client.call("getSyncJob", { params: { jobId } });
    for (const { stage } of job.completedStages) {
      if (shown.has(stage)) continue;
      shown.add(stage);
      say(`  ${pc.green("✓")} ${stage.padEnd(10)} ${pc.dim(`${((Date.now() - startedMs) / 1000).toFixed(1)} s`)}`);
    }
    if (job.status === "finished") return job;
    if (job.status === "failed" || job.status === "cancelled")
      throw new LocalCommandError(`The sync ${job.status} in ${job.stage}: ${job.errors.at(-1)?.message}`);
    if (Date.now() - startedMs > 120_000)
      throw new LocalCommandError(`The sync is still ${job.status} in ${job.stage} after two minutes.`);
    await sleep(100);
  }
};

const severities = ["breaking", "risky", "safe"] as const;

const listCauses = async (client: ApiClient, dependencyId: string) => {
  const { data: changes } = await client.call("listDependencyChanges", {
    params: { dependencyId },
    query: { limit: 100 },
  });
  type Change = (typeof changes)[number];
  const causes = new Map<string, Change[]>();
  for (const change of changes) causes.set(change.causeKey, [...(causes.get(change.causeKey) ?? []), change]);
  // Worst first.
  const rank = (changes: Change[]) => Math.min(...changes.map(({ severity }) => severities.indexOf(severity)));
  return [...causes.values()].sort((one, other) => rank(one) - rank(other));
};

/** What an earlier demo left, whose receiver and documents are gone. */
const removeEarlierDemo = async (client: ApiClient): Promise<void> => {
  const { data: channels } = await client.call("listChannels", { query: { limit: 100 } });
  for (const { id } of channels.filter((channel) => channel.name === demoName))
    await client.call("deleteChannel", { params: { channelId: id } });
  const { data: dependencies } = await client.call("listDependencies", { query: { limit: 100 } });
  for (const { id } of dependencies.filter((dependency) => dependency.tags.includes(demoName)))
    await client.call("deleteDependency", { params: { dependencyId: id } });
};

const paint = { breaking: pc.red, risky: pc.yellow, safe: pc.green };

const main = async (cloud: LocalCloud, outside: Outside): Promise<void> => {
  const { local } = cloud;
  const [tenant] = local.tenants;
  if (tenant === undefined) throw new LocalCommandError("The local cloud has no tenant: run npm run local:reset.");
  const client = createApiClient({ apiUrl: local.apiUrl, apiKey: tenant.apiKey });

  await removeEarlierDemo(client);
  const { data: channel } = await client.call("createChannel", {
    body: { name: demoName, url: `${outside.url}/webhook`, minSeverity: "safe" },
  });
  say(pc.bold("\n1. The Stripe API of 7 April 2022 is added: its first sync is the baseline"));
  outside.publish(fixture("old"));
  const { data: dependency } = await client.call("createDependency", {
    body: {
      name: "Stripe",
      specUrl: `${outside.url}/openapi.json`,
      cadence: "30d",
      owner: "payments",
      tags: [demoName],
    },
  });
  if (dependency.activeJobId === undefined) throw new LocalCommandError("Saving the dependency started no sync.");
  await watch(client, dependency.activeJobId);
  const { data: snapshots } = await client.call("listSnapshots", { params: { dependencyId: dependency.id } });
  const [baseline] = snapshots;
  if (baseline === undefined) throw new LocalCommandError("The baseline sync made no snapshot.");
  say(`  ${baseline.title} ${baseline.version}: ${baseline.operationCount} operations, no change events`);

  say(pc.bold("\n2. Five days later the next version is there"));
  outside.publish(fixture("new"));
  const { data: started } = await client.call("startSync", { params: { dependencyId: dependency.id } });
  const job = await watch(client, started.id);
  if (job.outcome !== "changed")
    throw new LocalCommandError(`The second sync ended as ${job.outcome}, not as changed.`);

  say(pc.bold("\n3. What changed, and whom it reaches"));
  const causes = await listCauses(client, dependency.id);
  if (causes.length === 0) throw new LocalCommandError("The second sync raised no change.");
  for (const changes of causes) {
    const [first] = changes;
    if (first === undefined) continue;
    const reach = Math.max(...changes.map((change) => change.affectedOperationCount));
    say(`  ${paint[first.severity](first.severity.padEnd(8))} ${first.summary}`);
    const operations = first.affectedOperations.slice(0, 3).map(({ method, path }) => `${method} ${path}`);
    say(
      pc.dim(
        `           ${first.ruleId} · ${reach} operation${reach === 1 ? "" : "s"}: ${operations.join(", ")}${reach > 3 ? ", …" : ""}`,
      ),
    );
  }

  say(pc.bold("\n4. The webhook that arrived"));
  for (let waitedMs = 0; outside.received.length < causes.length; waitedMs += 200) {
    if (waitedMs > 30_000)
      throw new LocalCommandError(`${outside.received.length} of ${causes.length} webhooks arrived within 30 s.`);
    await sleep(200);
  }
  if (channel.type !== "webhook") throw new LocalCommandError("The channel that was added is no webhook.");
  const verifier = new Webhook(channel.secret);
  for (const { body, headers } of outside.received) verifier.verify(body, headers);
  const [webhook] = outside.received;
  say(`  ${outside.received.length} signed messages, one for each cause; every signature verified. The first:`);
  const { type, data } = JSON.parse(webhook?.body ?? "{}");
  say(pc.dim(`  webhook-id: ${webhook?.headers["webhook-id"]}`));
  say(pc.dim(`  ${type}: ${data.cause.severity}: ${data.cause.summary}`));

  say(pc.bold("\nWhere to look next"));
  say(`  export FOREWARN_API_URL=${local.apiUrl}`);
  say(`  export FOREWARN_API_KEY=${tenant.apiKey}`);
  say(`  npm run build && node dist/cli/forewarn.mjs changes list --dependency ${dependency.id}`);
  say(
    `  curl -H "Authorization: Bearer $FOREWARN_API_KEY" $FOREWARN_API_URL/api/dependencies/${dependency.id}/snapshots`,
  );
  say(`  Its API document: ${local.apiUrl}/api/openapi.json`);
  say("  The cloud stays up: npm run local:down stops it, npm run local:reset empties it.");
};

await runScript(async () => {
  const report = (line: string) => say(pc.dim(`${line} ...`));
  let cloud = await startCloud({ allowedPrivateHosts: allowedPrivateHostsFrom(process.env), report });
  let listening = await listenOnAllowed(cloud.local.allowedPrivateHosts);
  if (listening === undefined) {
    // Every allowed address is in use: allow one more, which deploys the app anew.
    const address = `127.0.0.1:${await findFreePort()}`;
    cloud = await startCloud({ allowedPrivateHosts: [...cloud.local.allowedPrivateHosts, address], report });
    listening = await listenOnAllowed([address]);
  }
  if (listening === undefined) throw new LocalCommandError("No port is free for the demo's document server.");
  say(`The local cloud is up at ${cloud.local.awsEndpoint}.`);
  const outside = startOutside(listening.server, listening.address);
  try {
    await main(cloud, outside);
  } finally {
    outside.close();
  }
});
