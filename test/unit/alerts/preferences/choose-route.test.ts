import { describe, expect, it } from "vitest";
import { chooseRoute } from "../../../../shared/alerts/preferences/choose-route.ts";
import type { Level } from "../../../../shared/diff/change-set.ts";
import { samplePreference } from "./sample-preference.ts";

const channel = { id: "chn_1", minSeverity: "risky" } as const;
const foundAtMs = Date.parse("2026-03-04T23:30:00Z");
const night = { from: "22:00", to: "07:00", days: ["wed" as const] };
const routeOf = (
  preferences: Parameters<typeof chooseRoute>[2],
  severity: Level = "breaking",
  levelFor: Parameters<typeof chooseRoute>[3] = () => severity,
) => chooseRoute(channel, severity, preferences, levelFor, foundAtMs);

describe("a cause and a channel", () => {
  it("go by the channel's own severity while no preference names it", () => {
    const others = [samplePreference({ channels: ["chn_2"], minSeverity: "safe" })];
    expect([routeOf([]), routeOf(others, "risky"), routeOf(others, "safe")]).toEqual([
      { way: "now" },
      { way: "now" },
      undefined,
    ]);
  });

  it("go by what its preferences say as soon as one names it", () => {
    const all = samplePreference({ minSeverity: "safe" });
    expect(routeOf([all], "safe")).toEqual({ way: "now", preferenceId: "prf_1" });
    expect(routeOf([samplePreference({ minSeverity: "breaking" })], "risky")).toBeUndefined();
    expect(routeOf([samplePreference({ enabled: false })])).toBeUndefined();
  });

  it("go by the severity in the preference's scope, not by that of the whole cause", () => {
    const preference = samplePreference({ minSeverity: "breaking" });
    expect(routeOf([preference], "breaking", () => "risky")).toBeUndefined();
    expect(routeOf([preference], "breaking", () => undefined)).toBeUndefined();
  });

  it("are told once and at the earliest, however many preferences want it", () => {
    const daily = samplePreference({ id: "daily", digest: "daily", timeZone: "Europe/Berlin" });
    const hourly = samplePreference({ id: "hourly", digest: "hourly" });
    const atOnce = samplePreference({ id: "now" });
    expect(routeOf([daily, hourly, atOnce])).toEqual({ way: "now", preferenceId: "now" });
    expect(routeOf([daily, hourly])).toEqual({
      way: "digest",
      every: "hourly",
      timeZone: "UTC",
      preferenceId: "hourly",
    });
    expect(routeOf([daily])).toEqual({
      way: "digest",
      every: "daily",
      timeZone: "Europe/Berlin",
      preferenceId: "daily",
    });
  });

  it("are muted only when every preference that wants it is", () => {
    const muted = samplePreference({ id: "muted", mute: night });
    const daily = samplePreference({ id: "daily", digest: "daily" });
    expect(routeOf([muted])).toEqual({ way: "muted", preferenceId: "muted" });
    expect(routeOf([muted, daily])).toMatchObject({ way: "digest", preferenceId: "daily" });
    expect(routeOf([muted, samplePreference({ id: "other", minSeverity: "breaking" })], "risky")).toEqual({
      way: "muted",
      preferenceId: "muted",
    });
  });
});
