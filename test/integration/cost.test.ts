import { writeFile } from "node:fs/promises";
import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from "@aws-sdk/client-scheduler";
import { GetExecutionHistoryCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import * as z from "zod";
import { type Bill, type Counts, countsFile, readCounts, type SyncCounts } from "../../cost/counts.ts";
import { localCredentials, localStage } from "../../local/deployment.ts";
import { createTenant, type LocalTenant } from "../../local/tenants.ts";
import { syncStages } from "../../shared/contracts/sync-stages.ts";
import { type Meter, startMeter } from "../cost/meter.ts";
import { type MeteredFunctions, meterFunctions } from "../cost/metered-functions.ts";
import { type ApiClient, addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";

/** `FOREWARN_UPDATE_COUNTS=1` writes what was counted to `cost/counts.json`; then `npm run docs` writes the page. */
const mustUpdate = process.env.FOREWARN_UPDATE_COUNTS === "1";

const cloud = inject("cloud");
/** Each has a host that nobody else fetches from, as each sync has. */
const checkedHosts = 10;
const etag = '"33a64df551425fcc55e4d42a148795d9f25f89d4"';
let meter: Meter;
let functions: MeteredFunctions;
let tenant: LocalTenant;
let api: ApiClient;
let origins: OriginServer[];
const used: OriginServer[] = [];
let stepFunctions: SFNClient;
let resumeSchedule = async (): Promise<void> => {};
let runId: number;
const counted: Partial<Counts> = {};

const operation = (id: string) => ({ operationId: id, responses: { "200": { description: "done" } } });
/** A document of so many operations. */
const documentOf = (count: number): string =>
  JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Pets", version: "1.0.0" },
    paths: Object.fromEntries(
      Array.from({ length: count }, (_, number) => [`/pets/${number}`, { get: operation(`getPet${number}`) }]),
    ),
  });

beforeAll(async () => {
  if (cloud === undefined) throw new Error("needs the local cloud");
  const { local } = cloud;
  const client = { endpoint: local.awsEndpoint, region: local.region, credentials: localCredentials };
  stepFunctions = new SFNClient(client);
  resumeSchedule = await stopSchedule(new SchedulerClient(client));
  runId = await recordRun(local);
  tenant = await createTenant(local.apiUrl, local.adminKey, "metered");
  api = apiClient(local.apiUrl, tenant.apiKey);
  origins = await Promise.all(local.allowedPrivateHosts.slice(9, 9 + checkedHosts + 3).map(startOriginServer));
  const url = `${origins[0]?.url}/hook`;
  await api("POST", "/api/channels", { type: "webhook", name: "metered", url, minSeverity: "safe" });
  meter = await startMeter(local.awsEndpoint);
  functions = await meterFunctions(local, meter, ["api", "authorizer", "check", ...syncStages, "deliver"]);
});

afterAll(async () => {
  await functions?.restore();
  await resumeSchedule();
  await meter?.close();
  await Promise.all([...(origins ?? []), ...used].map((origin) => origin.close()));
});

/** What the schedule asks for meanwhile is none of what is counted here. @returns what starts it again */
const stopSchedule = async (scheduler: SchedulerClient): Promise<() => Promise<void>> => {
  const Name = `forewarn-${localStage}-orchestrate`;
  const { ScheduleExpression, FlexibleTimeWindow, Target, State } = await scheduler.send(
    new GetScheduleCommand({ Name }),
  );
  const set = (state: typeof State) =>
    scheduler.send(new UpdateScheduleCommand({ Name, ScheduleExpression, FlexibleTimeWindow, Target, State: state }));
  await set("DISABLED");
  return async () => {
    await set(State);
    scheduler.destroy();
  };
};

/** The run of the schedule which asked for the checks of this test: its record takes their ends. @returns its id */
const recordRun = async ({ apiUrl, adminKey }: { apiUrl: string; adminKey: string }): Promise<number> => {
  const now = new Date().toISOString();
  const run = { started_at: now, completed_at: now, status: "completed", jobs_submitted: checkedHosts + 2 };
  const response = await fetch(`${apiUrl}/orchestrator/runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
    body: JSON.stringify(run),
  });
  return z.object({ id: z.int() }).parse(await response.json()).id;
};

const served = (origin: OriginServer, path: string, document: string, own: string): void =>
  void origin.answers.set(path, (request, response) => {
    if (request.headers["if-none-match"] === own) return void response.writeHead(304, { etag: own }).end();
    serve(document, { "content-type": "application/json", etag: own })(request, response);
  });

const eventually = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt; await new Promise((wake) => setTimeout(wake, 250)))
    if (await isSo()) return;
  throw new Error(`in vain: ${what}`);
};

const messagesFor = (dependencyIds: readonly string[]) => ({
  Records: dependencyIds.map((dependencyId) => {
    const dueAt = new Date().toISOString();
    const body = JSON.stringify({ tenantId: tenant.tenantId, dependencyId, dueAt, runId, tries: 0 });
    return { messageId: dependencyId, body };
  }),
});

const transitionsOf = async (jobId: string): Promise<Pick<SyncCounts, "transitions" | "events">> => {
  const machine = cloud?.local.stateMachineArns[0] ?? "";
  const executionArn = `${machine.replace(":stateMachine:", ":execution:")}:${jobId}-1`;
  const { events = [] } = await stepFunctions.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  const count = (kind: RegExp) => events.filter(({ type }) => kind.test(type ?? "")).length;
  const retries = count(/^TaskScheduled$/) - count(/^TaskStateEntered$/);
  return { transitions: count(/StateEntered$/) + retries, events: events.length };
};

/** A dependency whose document loses as many operations as it is to have changes, and what the sync of that asks for. */
const countSync = async (
  name: string,
  changes: number,
  begin: (id: string) => Promise<unknown>,
): Promise<SyncCounts> => {
  const origin = origins.pop();
  if (origin === undefined) throw new Error("there is no host");
  used.push(origin);
  const path = `/${name}.json`;
  served(origin, path, documentOf(9), etag);
  const { id } = await addDependency(api, name, `${origin.url}${path}`);
  served(origin, path, documentOf(9 - changes), etag.replace("3", "4"));
  meter.clear();
  await begin(id);
  // What the API is asked from here on is asked by this test, not for the sync.
  const { api: own, authorizer } = meter.bills();
  const [{ id: jobId } = { id: "" }] = await api<{ id: string }[]>("GET", `/api/dependencies/${id}/sync-jobs?limit=1`);
  expect(await jobEnd(api, jobId)).toMatchObject({ outcome: "changed", attempt: 1, errors: [] });
  const deliveries = () => api<{ jobId?: string; status: string }[]>("GET", "/api/deliveries?limit=100");
  await eventually("the deliveries", async () => {
    const own = (await deliveries()).filter((delivery) => delivery.jobId === jobId);
    return own.length === changes && own.every(({ status }) => status === "sent");
  });
  const { api: _, authorizer: __, ...bills } = meter.bills();
  const asked: Record<string, Bill> = { ...bills, ...(own && { api: own }), ...(authorizer && { authorizer }) };
  return { ...(await transitionsOf(jobId)), functions: asked };
};

const fromCheck = async (id: string): Promise<void> =>
  expect(await functions.invoke("check", messagesFor([id]))).toEqual({ batchItemFailures: [] });
const byHand = (id: string): Promise<unknown> => api("POST", `/api/dependencies/${id}/sync`);

/** Every number of an object, by where it stands. */
const numbersIn = (value: unknown, place: string): [string, number][] =>
  typeof value === "number"
    ? [[place, value]]
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${place}.${key}`))
      : [];

/**
 * By so much a run may differ from another: in what is read of the jobs that others have under way, and where messages come in one
 * batch. Nothing but reads may be more.
 */
const slack = 2;

/**
 * What was counted must not be more than what is written down, in no place; what is well below makes the page untrue.
 */
const expectAsWritten = <Kind extends keyof Counts>(kind: Kind, found: Counts[Kind]): void => {
  counted[kind] = found;
  if (mustUpdate) return;
  const written = new Map(numbersIn(readCounts()[kind], kind));
  const now = new Map(numbersIn(found, kind));
  const grown = [...now].filter(
    ([place, count]) => count > (written.get(place) ?? 0) + (place.endsWith(".readUnits") ? slack : 0),
  );
  const stale = [...written].filter(([place, count]) => (now.get(place) ?? 0) < count - slack);
  expect({ grown, stale }, `counted:\n${meter.requests().join("\n")}`).toEqual({ grown: [], stale: [] });
};

it("an unchanged check, ten in a batch, costs no more than what is written down", async () => {
  const ids: string[] = [];
  for (const [number, origin] of origins.slice(0, checkedHosts).entries()) {
    served(origin, "/same.json", documentOf(1), etag);
    ids.push((await addDependency(api, `same ${number}`, `${origin.url}/same.json`)).id);
  }
  meter.clear();
  expect(await functions.invoke("check", messagesFor(ids))).toEqual({ batchItemFailures: [] });
  const { check } = meter.bills();
  if (check === undefined) throw new Error("the check asked for nothing");
  expectAsWritten("tenUnchangedChecks", { check });
});

it("a sync that brings one change costs no more than what is written down", async () => {
  expectAsWritten("changedSyncFromCheck", await countSync("one", 1, fromCheck));
});

it("a sync that is asked for by hand costs no more than what is written down", async () => {
  expectAsWritten("changedSyncByHand", await countSync("hand", 1, byHand));
});

it("a sync that brings three changes costs no more than what is written down", async () => {
  expectAsWritten("threeChangesFromCheck", await countSync("three", 3, fromCheck));
  if (mustUpdate) await writeFile(countsFile, `${JSON.stringify(counted, null, 2)}\n`);
});
