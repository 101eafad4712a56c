import { beforeEach, describe, expect, it } from "vitest";
import { addIgnore, listIgnores, listSeverities, removeIgnore, setSeverities } from "../../../cli/commands/ignores.ts";
import { fillTenant } from "../api/api-fixtures.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
let ids: Record<string, string>;
const dependency = "pets";
beforeEach(async () => {
  here = await createSession();
  ids = await fillTenant(here.api, here.tenantId);
});

const rowsOf = (output: string) => output.split("\n").map((line) => line.split(/ {2,}/).slice(1));
const rule = "api-path-removed-without-deprecation";

describe("forewarn ignores", () => {
  it("adds, lists and removes what is ignored, expired or not", async () => {
    const given = { dependency, rule, reason: "we call none of it", owner: "ada" };
    await removeIgnore(here.sessionOf(), { dependency, ignore: ids.ignoreRuleId ?? "" });
    await listIgnores(here.sessionOf(), { dependency });
    expect(here.taken().output).toBe(`no longer ignored: ${ids.ignoreRuleId}\nnothing is ignored\n`);
    await addIgnore(here.sessionOf(), { ...given, until: "2026-02-28" });
    await addIgnore(here.sessionOf(), { ...given, until: "2026-12-31", operation: "GET /pets*", pointer: "/paths/*" });
    here.taken();
    await listIgnores(here.sessionOf(), { dependency });
    expect(rowsOf(here.taken().output)).toEqual([
      ["rule", "where", "owner", "until", "reason"],
      [rule, "GET /pets* at /paths/*", "ada", "2026-12-31", "we call none of it"],
      [rule, "everywhere", "ada", "2026-02-28 (expired)", "we call none of it"],
      [],
    ]);
  });

  it("says what it does not understand", async () => {
    const given = { dependency, rule, reason: "x", owner: "ada", until: "2026-12-31" };
    await expect(addIgnore(here.sessionOf(), { ...given, rule: "api-path-removed" })).rejects.toThrow(
      "there is no rule",
    );
    await expect(addIgnore(here.sessionOf(), { ...given, until: "soon" })).rejects.toThrow(/^--until: must be a day/);
    await expect(addIgnore(here.sessionOf(), { ...given, operation: "/v1" })).rejects.toThrow(/^--operation: /);
  });
});

describe("forewarn severities", () => {
  it("sets levels in place of all that were set, and lists them", async () => {
    await setSeverities(here.sessionOf(), { dependency, levels: `${rule}=safe` });
    await listSeverities(here.sessionOf(), { dependency });
    expect(
      here
        .taken()
        .output.split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([["1 rules have another level"], ["rule", "level"], [rule, "safe"], [""]]);
    await setSeverities(here.sessionOf(), { dependency, levels: "none" });
    await listSeverities(here.sessionOf(), { dependency });
    expect(here.taken().output).toBe("0 rules have another level\nevery rule has its own level\n");
    await expect(setSeverities(here.sessionOf(), { dependency, levels: "x=safe" })).rejects.toThrow(
      "there is no rule x",
    );
  });
});
