import { createHash } from "node:crypto";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { createJobTypeRegistry } from "../../shared/sessions/job-types/registry.ts";

const cloud = inject("cloud");
let apiUrl: string;
let key: string;

beforeAll(() => {
  const tenant = cloud?.local.tenants[0];
  if (cloud === undefined || tenant === undefined) throw new Error("needs the local cloud");
  apiUrl = cloud.local.apiUrl;
  key = tenant.apiKey;
});

type Wire = {
  sessionId: string;
  jobId: string;
  documentationId: string;
  uploadUrl: string;
  headers: Record<string, string>;
  chunkCount: number;
  status: string;
  progress?: { stage?: string; message?: string };
};

/** A request as `seeds/1` shows them. */
const send = async (line: string, body?: object | FormData) => {
  const [method = "", path = ""] = line.split(" ");
  const isForm = body instanceof FormData;
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Wire };
};

const createSession = async (): Promise<string> => (await send("POST /session")).body.sessionId;

const upload = (text: string): FormData => {
  const form = new FormData();
  form.set("documentation", new File([text], "guide.md", { type: "text/markdown" }));
  return form;
};

describe("sessions on the deployed app", () => {
  it("are created, seen and deleted under both bases, and refuse what is none of theirs", async () => {
    const sessionId = await createSession();
    const statusOf = async (line: string, body?: object) => (await send(line, body)).status;
    expect([
      await statusOf(`HEAD /session/${sessionId}`),
      await statusOf(`GET /api/v1/session/${sessionId}`),
      await statusOf("POST /api/v1/session/mine"),
      await statusOf(`POST /scrape/${sessionId}/scrape`, { applicationName: "Example" }),
      await statusOf(`GET /digester/${sessionId}/relations`),
      await statusOf(`GET /api/v1/session/${sessionId}/jobs`),
      await statusOf(`DELETE /session/${sessionId}`),
      await statusOf(`HEAD /api/v1/session/${sessionId}`),
      await statusOf("GET /health"),
      await statusOf("GET /api/v1/health"),
    ]).toEqual([204, 200, 422, 422, 200, 200, 200, 404, 200, 200]);
  });

  it("take a file beyond what a form may have by a URL of the store", async () => {
    const sessionId = await createSession();
    const bytes = Buffer.from(`# Users ${sessionId}\n\n${"A user has an id and a name. ".repeat(200_000)}`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const early = await send(`POST /session/${sessionId}/uploads/${sha256}`, { fileName: "users.md" });
    const { body: target } = await send(`POST /session/${sessionId}/uploads`, { bytes: bytes.byteLength, sha256 });
    const put = await fetch(target.uploadUrl, { method: "PUT", headers: target.headers, body: bytes });
    const about = { fileName: "users.md", documentationId: "users" };
    const { body: begun } = await send(`POST /session/${sessionId}/uploads/${sha256}`, about);
    const job = `GET /session/${sessionId}/jobs/${begun.jobId}`;
    await expect.poll(async () => (await send(job)).body.status, { timeout: 60_000, interval: 250 }).toBe("finished");
    const { body: state } = await send(`GET /session/${sessionId}/documentation/status`);
    expect([early.status, put.ok, begun.documentationId, state.chunkCount > 1_000]).toEqual([409, true, "users", true]);
  });

  // A release without the type has nothing to run.
  it.skipIf(createJobTypeRegistry().get("documentation.processUpload") === undefined)(
    "run an uploaded document through its job, and reuse the result in another session",
    async () => {
      const sessionId = await createSession();
      const text = `# Users ${sessionId}\n\nA user has an id and a name.\n`;
      const { status, body: uploaded } = await send(`POST /session/${sessionId}/documentation/guide`, upload(text));
      expect([status, uploaded.documentationId]).toEqual([200, "guide"]);
      const job = `GET /session/${sessionId}/jobs/${uploaded.jobId}`;
      await expect.poll(async () => (await send(job)).body.status, { timeout: 60_000, interval: 250 }).toBe("finished");
      expect((await send(job)).body).toMatchObject({ progress: { stage: "finished", message: "completed" } });
      expect((await send(`HEAD /session/${sessionId}/documentation/guide`)).status).toBe(204);
      const other = await createSession();
      const { body: again } = await send(`POST /session/${other}/documentation/guide`, upload(text));
      expect((await send(`GET /session/${other}/jobs/${again.jobId}`)).body).toMatchObject({
        status: "finished",
        progress: { message: `Reused output from job ${uploaded.jobId}` },
      });
      expect((await send(`GET /session/${other}/documentation/guide`)).body).toEqual(
        (await send(`GET /session/${sessionId}/documentation/guide`)).body,
      );
    },
  );
});
