import { beforeEach, describe, expect, it } from "vitest";
import { acknowledgeChange, listChanges, resolveChange } from "../../../cli/commands/changes.ts";
import { createKey, listKeys, revokeKey } from "../../../cli/commands/keys.ts";
import { changeEvent, fillTenant } from "../api/api-fixtures.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
let ids: Record<string, string>;
beforeEach(async () => {
  here = await createSession();
  ids = await fillTenant(here.api, here.tenantId);
});

const limit = "20";

describe("forewarn changes", () => {
  it("lists them by their causes", async () => {
    const shared = { causeKey: "cause-2", operation: null, affectedOperationCount: 40 };
    const risky = changeEvent(here.api, here.tenantId, ids.dependencyId ?? "", {
      ...shared,
      severity: "risky",
      summary: "narrowed a type",
    });
    const safe = changeEvent(here.api, here.tenantId, ids.dependencyId ?? "", {
      ...shared,
      severity: "safe",
      summary: "added a field",
    });
    await here.api.changes.putOnce([risky, safe]);
    await acknowledgeChange(here.sessionOf(), { change: safe.id });
    expect(here.taken().output).toBe("acknowledged: added a field\n");
    await listChanges(here.sessionOf(), { limit });
    expect(here.taken().output).toBe(
      [
        "40 operations  cause cause-2",
        `  safe      added a field (acknowledged)  ${safe.id}`,
        `  risky     narrowed a type  ${risky.id}`,
        "GET /pets  cause cause-1",
        `  breaking  removed the path /pets  ${ids.changeId}`,
        "",
      ].join("\n"),
    );
  });

  it("narrows the list, and refuses words that narrow nothing", async () => {
    await listChanges(here.sessionOf(), { limit, dependency: "pets", severity: "breaking", state: "open" });
    expect(here.taken().output).toContain(ids.changeId);
    await listChanges(here.sessionOf(), { limit, rule: "another-rule" });
    expect(here.taken().output).toBe("no changes\n");
    await expect(listChanges(here.sessionOf(), { limit, severity: "bad" })).rejects.toThrow(/^--severity: /);
    await expect(listChanges(here.sessionOf(), { limit: "0" })).rejects.toThrow("--limit is a number from 1 to 10000");
  });

  it("are resolved once", async () => {
    const change = { change: ids.changeId ?? "" };
    await resolveChange(here.sessionOf(), change);
    expect(here.taken().output).toBe("resolved: removed the path /pets\n");
    await expect(resolveChange(here.sessionOf(), change)).rejects.toMatchObject({ name: "UsageError", status: 409 });
  });
});

describe("forewarn keys", () => {
  it("creates one with its secret alone on stdout, lists it without, and revokes it", async () => {
    await createKey(here.sessionOf(), { name: "ci", scopes: "read" });
    const { output, errors } = here.taken();
    const [created] = (await here.client.call("listApiKeys", {})).data;
    expect(output).toMatch(/^fwk_[\w-]+\n$/);
    expect(errors).toBe(`created the key ${created?.id} (read); its secret is shown only now:\n`);
    await revokeKey(here.sessionOf(), { key: created?.id ?? "" });
    expect(here.taken().output).toBe(`revoked: ci (${created?.id})\n`);
    await listKeys(here.sessionOf(), { limit });
    expect(
      here
        .taken()
        .output.split("\n")
        .map((line) => line.split(/ {2,}/).slice(1)),
    ).toEqual([
      ["name", "scopes", "created", "state"],
      ["ci", "read", "2026-03-01T12:00:00.000Z", "revoked 2026-03-01T12:00:00.000Z"],
      ["first key", "read write", "2026-03-01T12:00:00.000Z", "active"],
      [],
    ]);
    await expect(createKey(here.sessionOf(), { name: "x", scopes: "admin" })).rejects.toThrow(
      "--scopes is read, write or read,write, not admin",
    );
  });
});
