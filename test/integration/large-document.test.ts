import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { functionProcessIds } from "../../local/function-processes.ts";
import { syncStages } from "../../shared/jobs/job.ts";
import { type ApiClient, addDependency, apiClient, jobEnd } from "./api-client.ts";
import { type OriginServer, serve, startOriginServer } from "./origin-server.ts";

const cloud = inject("cloud");
let api: ApiClient;
let origin: OriginServer;

beforeAll(async () => {
  const tenant = cloud?.local.tenants[0];
  const address = cloud?.local.allowedPrivateHosts[2];
  if (cloud === undefined || tenant === undefined || address === undefined) throw new Error("needs the local cloud");
  api = apiClient(cloud.local.apiUrl, tenant.apiKey);
  origin = await startOriginServer(address);
});

afterAll(() => origin?.close());

const github = (version: "old" | "new") =>
  serve(gunzipSync(readFileSync(`test/fixtures/specs/github-adj/${version}.json.gz`)));

/** Peak resident memory of the stages' processes that are alive, in MiB. */
const peaksMib = async (): Promise<Map<string, number>> => {
  const peaks = new Map<string, number>();
  for (const stage of syncStages) {
    for (const pid of await functionProcessIds(cloud?.folder ?? "", `forewarn-local-${stage}`)) {
      const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      peaks.set(stage, Math.max(peaks.get(stage) ?? 0, Number(kib) / 1024));
    }
  }
  return peaks;
};

it("takes two versions of an 11 MB document through, within 1,024 MB in any function", async () => {
  origin.answers.set("/github.json", github("old"));
  const { id, job } = await addDependency(api, "GitHub", `${origin.url}/github.json`);
  expect(job).toMatchObject({ status: "finished", outcome: "baseline" });
  origin.answers.set("/github.json", github("new"));
  const { id: jobId } = await api<{ id: string }>("POST", `/api/dependencies/${id}/sync`);
  expect(await jobEnd(api, jobId)).toMatchObject({ status: "finished", outcome: "changed" });
  const snapshots = await api<{ operationCount: number }[]>("GET", `/api/dependencies/${id}/snapshots`);
  expect(snapshots.map((snapshot) => snapshot.operationCount)).toEqual([1030, 1028]);
  const changes = await api<{ ruleId: string }[]>("GET", `/api/dependencies/${id}/changes?limit=100`);
  expect(changes.filter((change) => change.ruleId === "endpoint-added")).toHaveLength(2);
  const peaks = await peaksMib();
  expect([...peaks.keys()]).toContain("normalize");
  expect([...peaks].filter(([, mib]) => mib > 1024)).toEqual([]);
});
