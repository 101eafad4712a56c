import { beforeEach, describe, expect, it } from "vitest";
import {
  getProvider,
  listProviderChanges,
  listProviders,
  listSubscriptions,
  subscribeTo,
  unsubscribe,
} from "../../../cli/commands/providers.ts";
import { catalogTenantId } from "../../../shared/providers/catalog-tenant.ts";
import { changeEvent } from "../api/api-fixtures.ts";
import { createSession } from "./session-fixture.ts";

const limit = "20";
let here: Awaited<ReturnType<typeof createSession>>;
beforeEach(async () => {
  here = await createSession();
});

const cells = (text: string): string[][] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));

describe("forewarn providers", () => {
  it("lists the catalog, one line a surface, and narrows it", async () => {
    await listProviders(here.sessionOf(), { limit: "100" });
    const lines = cells(here.taken().output);
    expect(lines[0]).toEqual(["surface", "provider", "API", "verified", "document"]);
    expect(lines).toContainEqual([
      ...["stripe.api", "Stripe", "API", "yes"],
      "https://raw.githubusercontent.com/stripe/openapi/master/openapi/spec3.json",
    ]);
    await listProviders(here.sessionOf(), { limit, query: "HUB" });
    expect(cells(here.taken().output).map(([id]) => id)).toEqual(["surface", "github.rest"]);
    await listProviders(here.sessionOf(), { limit, query: "nobody" });
    expect(here.taken().output).toBe("no provider has this in its name\n");
  });

  it("says what speaks for an address", async () => {
    await getProvider(here.sessionOf(), { provider: "openai" });
    const { output } = here.taken();
    expect(output).toMatch(/^verified +no$/m);
    expect(output).toMatch(/^evidence +Documents of openai\/openai-openapi/m);
  });

  it("follows a surface, lists what is followed, and stops", async () => {
    await subscribeTo(here.sessionOf(), { surface: "stripe.api", name: "pay", monitor: "GET /v1/*, POST /v1/*" });
    const [created] = (await here.client.call("listSubscriptions", {})).data;
    expect(here.taken().output).toBe(`pay follows stripe.api as ${created?.id}\n`);
    expect(created).toMatchObject({ monitoringMode: "partial", filteredEndpoints: ["GET /v1/*", "POST /v1/*"] });
    await listSubscriptions(here.sessionOf(), { limit });
    expect(cells(here.taken().output)).toEqual([
      ["dependency", "name", "surface", "state", "last checked"],
      [created?.id, "pay", "stripe.api", "healthy", "never"],
    ]);
    await unsubscribe(here.sessionOf(), { dependency: "pay" });
    expect(here.taken().output).toBe("pay no longer follows stripe.api\n");
    await listSubscriptions(here.sessionOf(), { limit });
    expect(here.taken().output).toMatch(/^no subscriptions yet/);
  });

  it("removes no dependency that follows nothing", async () => {
    await here.client.call("createDependency", { body: { name: "own", specUrl: "https://own.example.com/o.json" } });
    await expect(unsubscribe(here.sessionOf(), { dependency: "own" })).rejects.toThrow("own follows no provider");
  });

  it("lists what changed in what is followed, and refuses words that narrow nothing", async () => {
    await listProviderChanges(here.sessionOf(), { limit });
    expect(here.taken().output).toBe("no changes in what you subscribe to\n");
    await subscribeTo(here.sessionOf(), { surface: "stripe.api" });
    here.taken();
    await here.api.changes.putOnce([changeEvent(here.api, catalogTenantId, "stripe.api")]);
    await listProviderChanges(here.sessionOf(), { limit, severity: "breaking" });
    expect(cells(here.taken().output)[1]).toEqual([
      ...["2026-03-01T12:00:00.000Z", "stripe.api", "breaking", "removed the path /pets"],
    ]);
    await expect(listProviderChanges(here.sessionOf(), { limit, severity: "bad" })).rejects.toThrow(/^--severity: /);
    await expect(listProviderChanges(here.sessionOf(), { limit, surface: "#" })).rejects.toThrow(/^--surface: /);
  });
});
