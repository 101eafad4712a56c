import { beforeEach, describe, expect, it } from "vitest";
import { addPreference, listPreferences, removePreference, setPreference } from "../../../cli/commands/preferences.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
let channel: string;
beforeEach(async () => {
  here = await createSession();
  const { data } = await here.client.call("createChannel", { body: { name: "x", url: "https://hooks.example.com/" } });
  channel = data.id;
});

const limit = "20";

describe("forewarn preferences", () => {
  it("adds, lists, changes and removes one", async () => {
    await listPreferences(here.sessionOf(), { limit });
    expect(here.taken().output).toMatch(/^no alert preferences/);
    await addPreference(here.sessionOf(), {
      name: "payments at work",
      scope: "endpoint:GET /v1/*",
      channels: channel,
      digest: "hourly",
      mute: "sat,sun 00:00-00:00",
      "time-zone": "Europe/Berlin",
    });
    const [one] = (await here.client.call("listAlertPreferences", {})).data;
    expect(here.taken().output).toBe(`added payments at work as ${one?.id}\n`);
    await listPreferences(here.sessionOf(), { limit });
    const [, row] = here.taken().output.split("\n");
    expect(row?.split(/ {2,}/).slice(1)).toEqual([
      "payments at work",
      "endpoint GET /v1/*",
      "risky",
      "hourly",
      "sat,sun 00:00-00:00 Europe/Berlin",
      channel,
    ]);
    const preference = one?.id ?? "";
    await setPreference(here.sessionOf(), { preference, mute: "none", enabled: false });
    expect(here.taken().output).toBe("set mute, enabled of payments at work\n");
    await removePreference(here.sessionOf(), { preference });
    expect((await here.client.call("listAlertPreferences", {})).data).toEqual([]);
  });

  it("says what it does not understand", async () => {
    const add = (flags: object) => addPreference(here.sessionOf(), { name: "x", channels: channel, ...flags });
    await expect(add({ scope: "Stripe" })).rejects.toThrow("--scope is api:NAME");
    await expect(add({ mute: "at night" })).rejects.toThrow("--mute is 22:00-07:00");
    await expect(add({ mute: "22:00-27:00" })).rejects.toThrow(/^--mute: must be a time/);
    await expect(add({ digest: "weekly" })).rejects.toThrow(/^--digest: /);
    await expect(setPreference(here.sessionOf(), { preference: "x" })).rejects.toThrow("nothing to set");
  });
});
