import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type ApiHarness, createApiHarness, startMs } from "./api-harness.ts";

let api: ApiHarness;
let key: string;
let sessionId: string;
beforeEach(async () => {
  api = createApiHarness();
  ({ key } = await api.createTenant("acme"));
  const { body } = await api.request("POST /session", { key });
  sessionId = String((body as { sessionId: string }).sessionId);
});

const ask = async (line: string, body?: object) => {
  const reply = await api.request(line.replace("{id}", sessionId), { key, ...(body === undefined ? {} : { body }) });
  return [reply.status, reply.body];
};

const jobIdOf = (answer: unknown[]): string => String((answer[1] as { jobId: string }).jobId);

const iso = (afterMs = 0) => new Date(startMs + afterMs).toISOString();

const formOf = async (content: string, fileName = "api.md", field = "documentation") => {
  const form = new FormData();
  form.set(field, new File([content], fileName, { type: "text/markdown" }));
  const request = new Request("https://form.invalid/", { method: "POST", body: form });
  const contentType = request.headers.get("content-type") ?? "";
  const text = Buffer.from(await request.arrayBuffer()).toString("base64");
  return { key, text, isBase64Encoded: true, headers: { "content-type": contentType } };
};

const upload = async (line: string, content: string) => {
  const reply = await api.request(line.replace("{id}", sessionId), await formOf(content));
  return [reply.status, reply.body];
};

describe("a session", () => {
  it("is created, seen and deleted, under both bases", async () => {
    const chosen = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    const message = "Session created successfully";
    expect([
      await ask(`POST /api/v1/session/${chosen}`),
      await ask(`POST /session/${chosen}`),
      await ask(`HEAD /session/${chosen}`),
      await ask(`GET /api/v1/session/${chosen}`),
      await ask(`DELETE /session/${chosen}`),
      (await ask(`HEAD /api/v1/session/${chosen}`))[0],
      (await ask(`GET /session/${chosen}`))[0],
      await ask("GET /health"),
      await ask("GET /api/v1/health"),
    ]).toEqual([
      [201, { sessionId: chosen, message }],
      [409, { error: { code: "conflict", message: `the session ${chosen} exists already` } }],
      [204, undefined],
      [
        200,
        {
          sessionId: chosen,
          createdAt: iso(),
          expiresAt: iso(28 * 86_400_000),
          documentationCount: 0,
          jobCount: 0,
          outputs: [],
        },
      ],
      [200, { sessionId: chosen, message: "Session deleted successfully" }],
      404,
      404,
      [200, { status: "ok" }],
      [200, { status: "ok" }],
    ]);
  });

  it("refuses an id that is no UUID and input that the schemas do not take with 422", async () => {
    const invalid = (field: string, message: string) => [422, { error: { code: "validation_error", message, field } }];
    expect([
      await ask("POST /session/mine"),
      await ask("POST /discovery/{id}/discovery", { applicationName: "" }),
      await ask("POST /scrape/{id}/scrape", { applicationName: "Example", starterLinks: [] }),
      await ask("PUT /digester/{id}/classes", { objectClasses: [{}] }),
      await ask("GET /session/{id}/jobs?status=not_found"),
    ]).toEqual([
      invalid("sessionId", "must be a UUID"),
      invalid("applicationName", "Too small: expected string to have >=1 characters"),
      invalid("starterLinks", "Too small: expected array to have >=1 items"),
      invalid("objectClasses.0.name", "Invalid input: expected string, received undefined"),
      invalid("status", 'Invalid option: expected one of "queued"|"running"|"finished"|"failed"'),
    ]);
  });

  it("is gone when its time is over", async () => {
    api.advance(28 * 86_400_000);
    expect([
      (await ask("GET /session/{id}"))[0],
      (await ask("GET /discovery/{id}/discovery"))[0],
      (await ask("POST /discovery/{id}/discovery", { applicationName: "Example" }))[0],
    ]).toEqual([404, 404, 404]);
  });
});

describe("a job", () => {
  it("goes from queued to finished in the words of the original API", async () => {
    const startUrls = ["https://api.example.com/docs", "https://docs.example.com/api/reference"];
    const started = await ask("POST /discovery/{id}/discovery", { applicationName: "Example", startUrls });
    const jobId = jobIdOf(started);
    const queued = await ask(`GET /api/v1/discovery/{id}/discovery?jobId=${jobId}`);
    api.advance(5_000);
    await api.sessionWorld.runAll();
    expect([started, queued, await ask("GET /discovery/{id}/discovery")]).toEqual([
      [200, { jobId }],
      [
        200,
        {
          jobId,
          status: "queued",
          createdAt: iso(),
          updatedAt: iso(),
          progress: { stage: "queue", message: "Waiting for its turn" },
        },
      ],
      [
        200,
        {
          jobId,
          status: "finished",
          createdAt: iso(),
          startedAt: iso(5_000),
          updatedAt: iso(5_000),
          finishedAt: iso(5_000),
          progress: { stage: "finished", message: "completed" },
          result: { candidateLinks: startUrls, searchQuery: "Example API documentation", totalFound: 2 },
        },
      ],
    ]);
  });

  it("counts what its type counts, and is complete when it is finished", async () => {
    await ask("POST /scrape/{id}/scrape", {
      applicationName: "Example",
      starterLinks: ["https://a.test/", "https://b.test/"],
    });
    await api.sessionWorld.runAll();
    const [, scraped] = await ask("GET /scrape/{id}/scrape");
    expect(scraped).toMatchObject({
      status: "finished",
      progress: { stage: "finished", message: "completed", completedIterations: 2, totalIterations: 2 },
      result: { pages: 2 },
    });
  });

  it("is not_found with 200 when the session has none such, and 404 when there is no session", async () => {
    const elsewhere = jobIdOf(
      await ask("POST /scrape/{id}/scrape", { applicationName: "E", starterLinks: ["https://a.test/"] }),
    );
    const unknown = "0190f000-0000-7000-8000-000000000000";
    expect([
      await ask(`GET /discovery/{id}/discovery?jobId=${unknown}`),
      await ask(`GET /discovery/{id}/discovery?jobId=${elsewhere}`),
      await ask("GET /digester/{id}/relations"),
      (await ask(`GET /discovery/${unknown}/discovery?jobId=${elsewhere}`))[0],
    ]).toEqual([
      [200, { jobId: unknown, status: "not_found" }],
      [200, { jobId: elsewhere, status: "not_found" }],
      [200, { jobId: "", status: "not_found" }],
      404,
    ]);
  });

  it("is cancelled while it is queued, and refused while it runs or is over", async () => {
    const discover = (applicationName: string) => ask("POST /discovery/{id}/discovery", { applicationName });
    const [first, , third] = [await discover("1"), await discover("2"), await discover("3")];
    const cancelled = await ask(`POST /session/{id}/jobs/${jobIdOf(third ?? [])}/cancel`);
    await api.sessionWorld.runAll();
    expect([
      cancelled,
      await ask(`POST /session/{id}/jobs/${jobIdOf(first ?? [])}/cancel`),
      (await ask("POST /session/{id}/jobs/nothing/cancel"))[0],
    ]).toEqual([
      [
        200,
        {
          jobId: jobIdOf(third ?? []),
          jobType: "discovery.getCandidateLinks",
          status: "failed",
          createdAt: iso(),
          updatedAt: iso(),
          finishedAt: iso(),
          errors: ["Job cancelled/interrupted: cancelled on request"],
          progress: { stage: "processing" },
        },
      ],
      [
        409,
        {
          error: {
            code: "conflict",
            message: `job ${jobIdOf(first ?? [])} is finished: only a queued job can be cancelled`,
          },
        },
      ],
      404,
    ]);
  });

  it("reuses the result of the same input for four weeks, in another session too, unless told not to", async () => {
    const body = { applicationName: "Example", startUrls: ["https://api.example.com/docs"] };
    const first = jobIdOf(await ask("POST /discovery/{id}/discovery", body));
    await api.sessionWorld.runAll();
    const [, other] = await ask("POST /session");
    const sessionOf = (answer: unknown) => (answer as { sessionId: string }).sessionId;
    const again = await ask(`POST /discovery/${sessionOf(other)}/discovery`, body);
    const [, reused] = await ask(`GET /discovery/${sessionOf(other)}/discovery`);
    const [, fresh] = await ask("POST /discovery/{id}/discovery", { ...body, skipCache: true });
    const [, skipped] = await ask("GET /discovery/{id}/discovery");
    expect([reused, skipped]).toMatchObject([
      {
        jobId: jobIdOf(again),
        status: "finished",
        progress: { stage: "finished", message: `Reused output from job ${first}` },
        result: { totalFound: 1 },
      },
      { jobId: (fresh as { jobId: string }).jobId, status: "queued" },
    ]);
  });

  it("is listed with the others of its session, newest first, by type, status and subject", async () => {
    await upload("POST /session/{id}/documentation/guide", "class User");
    await ask("POST /discovery/{id}/discovery", { applicationName: "1" });
    await api.sessionWorld.runAll();
    await ask("POST /digester/{id}/classes/User/attributes");
    const typesOf = async (query: string) => {
      const [, body] = await ask(`GET /session/{id}/jobs${query}`);
      const { jobs } = body as { jobs: { jobType: string; status: string; subject?: string }[] };
      return jobs.map(({ jobType, status, subject }) => [jobType, status, subject]);
    };
    const attributes = ["digester.getAttributes", "queued", "User"];
    const discovery = ["discovery.getCandidateLinks", "finished", undefined];
    const uploaded = ["documentation.processUpload", "finished", "guide"];
    expect([
      await typesOf(""),
      await typesOf("?jobType=digester.getAttributes"),
      await typesOf("?status=finished"),
      await typesOf("?subject=guide"),
      await typesOf("?limit=1"),
    ]).toEqual([[attributes, discovery, uploaded], [attributes], [discovery, uploaded], [uploaded], [attributes]]);
  });
});

describe("documentation", () => {
  it("is uploaded, processed, read, replaced and deleted", async () => {
    const [, empty] = await ask("GET /session/{id}/documentation/status");
    const added = await upload("POST /session/{id}/documentation", "# Guide\nclass User");
    const { documentationId } = added[1] as { documentationId: string };
    const [, processing] = await ask("GET /session/{id}/documentation/status");
    const inWork = await ask(`HEAD /session/{id}/documentation/${documentationId}`);
    await api.sessionWorld.runAll();
    const [, ready] = await ask("GET /session/{id}/documentation/status");
    const document = {
      docId: documentationId,
      chunks: [
        {
          chunkId: "1",
          source: "upload",
          content: "# Guide\nclass User",
          metadata: { fileName: "api.md", contentType: "text/markdown" },
          createdAt: iso(),
        },
      ],
    };
    expect([empty, processing, ready]).toMatchObject([
      { status: "empty", documentCount: 0, jobs: [] },
      { status: "processing", documentCount: 0, jobs: [{ jobId: jobIdOf(added), documentationId, status: "queued" }] },
      { status: "ready", documentCount: 1, chunkCount: 1 },
    ]);
    expect([
      added,
      inWork,
      await ask(`HEAD /session/{id}/documentation/${documentationId}`),
      await ask("GET /session/{id}/documentation"),
      await ask(`GET /api/v1/session/{id}/documentation/${documentationId}`),
      await ask(`DELETE /session/{id}/documentation/${documentationId}`),
      (await ask(`HEAD /session/{id}/documentation/${documentationId}`))[0],
      await ask("GET /session/{id}/documentation"),
    ]).toEqual([
      [200, { jobId: jobIdOf(added), documentationId, message: "Documentation is being processed" }],
      [202, undefined],
      [204, undefined],
      [200, [document]],
      [200, document],
      [200, { sessionId, message: "Documentation deleted successfully" }],
      404,
      [200, []],
    ]);
  });

  it("that is replaced leaves nothing of what was there", async () => {
    await upload("POST /session/{id}/documentation/one", "class One");
    await api.sessionWorld.runAll();
    await upload("PUT /session/{id}/documentation", "class Two");
    await api.sessionWorld.runAll();
    await ask("POST /digester/{id}/classes");
    await api.sessionWorld.runAll();
    expect((await ask("GET /digester/{id}/classes"))[1]).toMatchObject({
      result: { objectClasses: [{ name: "Two" }] },
    });
  });

  it("too large for a form is PUT to a URL of the store, and is then processed like any other", async () => {
    const content = Buffer.from("class Large");
    const sha256 = createHash("sha256").update(content).digest("hex");
    const [begun, target] = await ask("POST /session/{id}/uploads", { bytes: 11, sha256, contentType: "text/plain" });
    const finish = (about: object) => ask(`POST /session/{id}/uploads/${sha256}`, { fileName: "large.md", ...about });
    const early = await finish({});
    const { uploadUrl, ...rest } = target as { uploadUrl: string };
    await api.sessionWorld.ports.bodies.putOnce(new URL(uploadUrl).pathname.slice(1), content, "text/plain");
    const finished = await finish({});
    const chosen = await finish({ documentationId: "mine" });
    const asForm = await upload("POST /session/{id}/documentation", "class Large");
    await api.sessionWorld.runAll();
    const [, document] = await ask("GET /session/{id}/documentation/mine");
    const idOf = ([, body]: unknown[]) => (body as { documentationId: string }).documentationId;
    expect([begun, rest, early, finished[0], idOf(finished) === idOf(asForm), idOf(chosen), document]).toMatchObject([
      201,
      { headers: { "content-length": "11", "content-type": "text/plain" }, expiresAt: iso(900_000) },
      [409, { error: { code: "conflict", message: "the file is not there yet: PUT it to its uploadUrl first" } }],
      200,
      true,
      "mine",
      { docId: "mine", chunks: [{ content: "class Large", metadata: { fileName: "large.md" } }] },
    ]);
  });

  it("is refused where its size, its sum or its media type cannot be", async () => {
    const sha256 = "0".repeat(64);
    const statusOf = async (path: string, body: object) => (await ask(`POST /session/{id}/uploads${path}`, body))[0];
    expect([
      await statusOf("", { bytes: 64 * 1024 * 1024 + 1, sha256 }),
      await statusOf("", { bytes: 0, sha256 }),
      await statusOf("", { bytes: 1, sha256: "0".repeat(63) }),
      await statusOf("", { bytes: 1, sha256, contentType: "text/plain\r\nx: y" }),
      await statusOf(`/${sha256}`, { fileName: "" }),
      await statusOf("/..%2F..%2Fother", { fileName: "a.md" }),
    ]).toEqual([422, 422, 422, 422, 422, 409]);
  });

  it("must come as a file in the field documentation", async () => {
    const refusalOf = async (call: object) => {
      const { status, error } = await api.request(`POST /session/${sessionId}/documentation`, { key, ...call });
      return [status, error?.field, error?.message];
    };
    expect([
      await refusalOf({ body: {} }),
      await refusalOf(await formOf("x", "x", "file")),
      await refusalOf(await formOf("")),
    ]).toEqual([
      [422, "Content-Type", "must be multipart/form-data"],
      [422, "documentation", "is missing: send it as a file"],
      [422, "documentation", "is empty"],
    ]);
  });
});

describe("a result corrected by hand", () => {
  it("is what the session and later jobs have from then on", async () => {
    await upload("POST /session/{id}/documentation", "class User");
    await api.sessionWorld.runAll();
    await ask("POST /digester/{id}/classes");
    await api.sessionWorld.runAll();
    const corrected = await ask("PUT /digester/{id}/classes", { objectClasses: [{ name: "User" }, { name: "Group" }] });
    await ask("PUT /digester/{id}/classes/group", { description: "People" });
    await ask("POST /digester/{id}/classes/Group/attributes");
    await api.sessionWorld.runAll();
    expect([
      corrected,
      await ask("GET /digester/{id}/classes/Group"),
      (await ask("GET /digester/{id}/classes/Nobody"))[0],
    ]).toEqual([
      [200, { sessionId, message: "Result updated successfully" }],
      [200, { name: "Group", description: "People" }],
      404,
    ]);
    expect([
      (await ask("GET /digester/{id}/classes"))[1],
      (await ask("GET /digester/{id}/classes/Group/attributes"))[1],
    ]).toMatchObject([
      { status: "finished", progress: { stage: "finished", message: "Corrected by hand" } },
      { status: "finished", result: { found: ["Group.id"] } },
    ]);
  });
});
