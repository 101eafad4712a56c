import { describe, expect, it } from "vitest";
import { createApiClient } from "../../../cli/client/api-client.ts";
import { readApiSettings } from "../../../cli/client/settings.ts";
import { exitCodeOf } from "../../../cli/errors.ts";

const settings = { apiUrl: "https://api.example.com", apiKey: "fwk_1" };
type Sent = { url: string; headers: Record<string, string> };

const clientThat = (...answers: (() => Response)[]) => {
  const sent: Sent[] = [];
  const client = createApiClient({
    ...settings,
    retryDelaysMs: [0, 0],
    fetch: async (url, init) => {
      sent.push({ url: String(url), headers: Object.fromEntries(new Headers(init?.headers)) });
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
      return answer();
    },
  });
  return { client, sent };
};

const health = () => Response.json({ data: { status: "ok" } });
const broken = () => new Response("<html>", { status: 502 });

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { message: error instanceof Error ? error.message : undefined, exitCode: exitCodeOf(error) };
};

describe("the client", () => {
  it("fills in path and query and sends the key", async () => {
    const { client, sent } = clientThat(() => Response.json({ data: [] }));
    await client.call("listSyncJobs", { params: { dependencyId: "a/b" }, query: { limit: 5, cursor: undefined } });
    expect(sent).toEqual([
      {
        url: "https://api.example.com/api/dependencies/a%2Fb/sync-jobs?limit=5",
        headers: { accept: "application/json", authorization: "Bearer fwk_1" },
      },
    ]);
  });

  it("tries again after failures, a POST under the same Idempotency-Key", async () => {
    const { client, sent } = clientThat(broken, broken, () =>
      Response.json({ error: { code: "not_found", message: "there is no change x" } }, { status: 404 }),
    );
    await expect(client.call("resolveChange", { params: { changeId: "x" } })).rejects.toThrow("there is no change x");
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(sent[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("tries again while the request that it sends again is still running", async () => {
    const error = { code: "conflict", message: "still running" };
    const running = () => Response.json({ error }, { status: 409, headers: { "retry-after": "2" } });
    const { client, sent } = clientThat(broken, running, () =>
      Response.json({ error: { code: "not_found", message: "there is no change x" } }, { status: 404 }),
    );
    await expect(client.call("resolveChange", { params: { changeId: "x" } })).rejects.toThrow("there is no change x");
    expect(sent).toHaveLength(3);
  });

  it("ends with 3 when the deployment cannot be reached, fails, or is not one", async () => {
    const unreachable = await failureOf(clientThat().client.call("getHealth", {}));
    expect(unreachable).toEqual({
      message: "https://api.example.com cannot be reached: connect ECONNREFUSED",
      exitCode: 3,
    });
    const failed = await failureOf(clientThat(broken, broken, broken).client.call("getHealth", {}));
    expect(failed).toEqual({ message: "https://api.example.com failed: HTTP 502", exitCode: 3 });
    const other = await failureOf(clientThat(() => new Response("<html>hello")).client.call("getHealth", {}));
    expect(other.exitCode).toBe(3);
  });

  it("ends with 2 when the deployment refuses", async () => {
    const refusal = () =>
      Response.json(
        { error: { code: "unauthorized", message: "the API key was revoked: use another one" } },
        { status: 401 },
      );
    expect(await failureOf(clientThat(refusal).client.call("getHealth", {}))).toEqual({
      message: "the API key was revoked: use another one",
      exitCode: 2,
    });
  });

  it("understands answers of a newer deployment that say more", async () => {
    const newer = () => Response.json({ data: { status: "ok", region: "eu" }, meta: {} });
    expect(await clientThat(newer).client.call("getHealth", {})).toEqual({ data: { status: "ok" } });
    expect(await clientThat(health).client.call("getHealth", {})).toEqual({ data: { status: "ok" } });
  });
});

describe("the environment", () => {
  it("names the deployment and the key", () => {
    expect(readApiSettings({ FOREWARN_API_URL: "https://x.example.com/", FOREWARN_API_KEY: "k" })).toEqual({
      apiUrl: "https://x.example.com",
      apiKey: "k",
    });
  });

  it.each([
    [{}, "set FOREWARN_API_URL to the address of a deployment, without /api"],
    [{ FOREWARN_API_URL: "x" }, "set FOREWARN_API_URL to an http or https URL: x is not one"],
    [{ FOREWARN_API_URL: "https://x.example.com" }, "set FOREWARN_API_KEY to an API key of your tenant"],
  ])("is refused when it is %j", async (env, message) => {
    const failure = await failureOf((async () => readApiSettings(env))());
    expect(failure).toEqual({ message, exitCode: 2 });
  });
});
