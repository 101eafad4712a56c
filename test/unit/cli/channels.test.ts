import { beforeEach, describe, expect, it } from "vitest";
import {
  addChannel,
  listChannels,
  removeChannel,
  rotateChannel,
  setChannel,
  testChannel,
} from "../../../cli/commands/channels.ts";
import { getDelivery, listDeliveries, redeliver } from "../../../cli/commands/deliveries.ts";
import { fillTenant } from "../api/api-fixtures.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
beforeEach(async () => {
  here = await createSession();
});

const limit = "20";
const rowsOf = (output: string) => output.split("\n").map((line) => line.split(/ {2,}/).slice(1));
const newest = async () => {
  const [channel] = (await here.client.call("listChannels", {})).data;
  return { channel: channel?.id ?? "" };
};

describe("forewarn channels", () => {
  it("adds one of each kind and lists them without their credentials", async () => {
    await listChannels(here.sessionOf(), { limit });
    expect(here.taken().output).toMatch(/^no channels yet/);
    const slackUrl = "https://hooks.slack.com/services/T0/B0/secretword";
    const busArn = "arn:aws:events:eu-west-1:123456789012:event-bus/alerts";
    for (const [type, target] of [
      ["slack", slackUrl],
      ["teams", "https://x.logic.azure.com/workflows/1?sig=secretsign"],
      ["pagerduty", "0123456789ABCDEF0123456789ABCDEF"],
      ["eventbridge", busArn],
      ["email", "a@example.com, b@example.com"],
    ] as const) {
      await addChannel(here.sessionOf(), { type, target, name: "team", "min-severity": "breaking" });
      expect(here.taken().output).toMatch(`added the ${type} channel team as`);
    }
    await listChannels(here.sessionOf(), { limit });
    const { output } = here.taken();
    expect(rowsOf(output)).toEqual([
      ["type", "name", "target", "from", "state"],
      ["email", "team", "a@example.com, b@example.com", "breaking", "on"],
      ["eventbridge", "team", busArn, "breaking", "on"],
      ["pagerduty", "team", "…CDEF (us)", "breaking", "on"],
      ["teams", "team", "https://x.logic.azure.com/…sign", "breaking", "on"],
      ["slack", "team", "https://hooks.slack.com/…word", "breaking", "on"],
      [],
    ]);
  });

  it("shows a webhook's secret alone on stdout, when it is added and when it is renewed", async () => {
    await addChannel(here.sessionOf(), { type: "webhook", target: "https://hooks.example.com/x" });
    const added = here.taken();
    expect(added.output).toMatch(/^whsec_\S+\n$/);
    expect(added.errors).toMatch(/^added the webhook webhook as /);
    await rotateChannel(here.sessionOf(), await newest());
    expect(here.taken().output).not.toBe(added.output);
  });

  it("changes, tests and removes one, and says what it does not understand", async () => {
    await addChannel(here.sessionOf(), { type: "email", target: "a@example.com" });
    here.taken();
    const one = await newest();
    await setChannel(here.sessionOf(), { ...one, target: "c@example.com", enabled: false });
    expect(here.taken().output).toBe("set to, enabled of email\n");
    await testChannel(here.sessionOf(), one);
    expect(here.taken().output).toMatch(/^sent a test as /);
    await removeChannel(here.sessionOf(), one);
    expect((await here.client.call("listChannels", {})).data).toEqual([]);
    await expect(addChannel(here.sessionOf(), { type: "fax", target: "1" })).rejects.toThrow("not a fax");
    await expect(
      addChannel(here.sessionOf(), { type: "email", target: "a@b.example", "min-severity": "bad" }),
    ).rejects.toThrow(/^--min-severity: /);
    await expect(addChannel(here.sessionOf(), { type: "pagerduty", target: "short" })).rejects.toThrow(/^routingKey: /);
    await expect(setChannel(here.sessionOf(), one)).rejects.toThrow("nothing to set");
  });
});

describe("forewarn deliveries", () => {
  it("lists them, shows one with its attempts and sends it once more", async () => {
    const { deliveryId = "", channelId = "" } = await fillTenant(here.api, here.tenantId);
    await listDeliveries(here.sessionOf(), { limit, channel: channelId });
    expect(rowsOf(here.taken().output)).toEqual([
      ["event", "status", "attempts", "created", "last error"],
      ["api.changed", "sent", "1", "2026-03-01T12:00:00.000Z"],
      [],
    ]);
    await getDelivery(here.sessionOf(), { delivery: deliveryId });
    expect(here.taken().output).toContain("2026-03-01T12:00:00.000Z  200  12 ms  sent");
    await redeliver(here.sessionOf(), { delivery: deliveryId });
    expect(here.taken().output).toBe(`${deliveryId} is sent once more\n`);
    await listDeliveries(here.sessionOf(), { limit, channel: "another" });
    expect(here.taken().output).toBe("no deliveries\n");
  });
});
