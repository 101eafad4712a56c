import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import {
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { ZipFile } from "yazl";
import { createApiClient } from "../cli/client/api-client.ts";
import { startCloud } from "../local/cloud.ts";
import type { LocalJson } from "../local/cloud-files.ts";
import { localCredentials } from "../local/deployment.ts";
import type { Row } from "./rows.ts";

/** Of a warm answer, in milliseconds (the issue that asked for it). */
const limitMs = 250;
const warmUps = 20;
const rounds = 200;

const document = JSON.stringify({ openapi: "3.1.0", info: { title: "Bench", version: "1" }, paths: {} });

/**
 * The warm P95 of a first signal, 200 and 304, on a local cloud of its own, beside that of a function that answers at once.
 * The three are asked in turns, one request at a time.
 */
export async function measureFirstSignal(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "forewarn-bench-cloud-"));
  const cloud = await startCloud({ folder, ownerPid: process.pid });
  try {
    const bareUrl = await createBareFunction(cloud.local);
    const { url, headers } = await finishedSync(cloud.local);
    const etag = (await fetch(url, { headers })).headers.get("etag") ?? "";
    const asked = {
      "a bare function": () => fetch(bareUrl),
      "first signal, 200": () => fetch(url, { headers }),
      "first signal, 304": () => fetch(url, { headers: { ...headers, "if-none-match": etag } }),
    };
    const timesMs = new Map(Object.keys(asked).map((subject) => [subject, [] as number[]]));
    const statuses = new Map<string, number>();
    for (let round = -warmUps; round < rounds; round += 1) {
      for (const [subject, ask] of Object.entries(asked)) {
        const beganMs = performance.now();
        const response = await ask();
        await response.arrayBuffer();
        if (round >= 0) timesMs.get(subject)?.push(performance.now() - beganMs);
        statuses.set(subject, response.status);
      }
    }
    return [...timesMs].map(([subject, times]) => {
      const expected = subject.endsWith("304") ? 304 : 200;
      const status = statuses.get(subject);
      return {
        subject,
        measure: "warm P95, local cloud",
        value: percentile95(times),
        unit: "ms",
        limit: limitMs,
        ...(status === expected ? {} : { failure: `answered ${status}` }),
      };
    });
  } finally {
    await cloud.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const percentile95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;

async function finishedSync({ apiUrl, tenants: [tenant] }: LocalJson) {
  if (tenant === undefined) throw new Error("the local cloud has no tenant");
  const client = createApiClient({ apiUrl, apiKey: tenant.apiKey });
  const { data } = await client.call("createDependency", { body: { name: "bench", upload: document } });
  const params = { jobId: data.activeJobId ?? "" };
  for (;;) {
    const { status } = (await client.call("getSyncJob", { params })).data;
    if (status === "finished") break;
    if (status === "failed" || status === "cancelled") throw new Error(`the sync ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const headers = { authorization: `Bearer ${tenant.apiKey}`, "x-tenant-id": tenant.tenantId };
  return { url: `${apiUrl}/api/v1/jobengine/runs/${params.jobId}/first-signal`, headers };
}

/** A function that answers at once, under a function URL: what the local cloud itself takes. */
async function createBareFunction({ awsEndpoint, region }: LocalJson): Promise<string> {
  const client = new LambdaClient({ endpoint: awsEndpoint, region, credentials: localCredentials });
  const FunctionName = "bench-bare";
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from("exports.handler = async () => ({ statusCode: 200, body: '{}' });"), "index.js");
  zip.end();
  await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Role: "arn:aws:iam::000000000000:role/bench",
      Handler: "index.handler",
      Code: { ZipFile: await buffer(zip.outputStream) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 60 }, { FunctionName });
  const { FunctionUrl } = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "NONE" }));
  return `${awsEndpoint}/_aws/lambda-url/${new URL(FunctionUrl ?? "").host.split(".")[0]}/`;
}
