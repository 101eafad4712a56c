import { describe, expect, it } from "vitest";
import { type MuteWindow, type Weekday, weekdays } from "../../../../shared/alerts/preferences/alert-preference.ts";
import { isMuted } from "../../../../shared/alerts/preferences/mute-window.ts";

const everyDay: Weekday[] = [...weekdays];
const window = (from: string, to: string, days = everyDay): MuteWindow => ({ from, to, days });
const mutedAt = (mute: MuteWindow | undefined, iso: string, timeZone = "UTC") =>
  isMuted({ timeZone, ...(mute === undefined ? {} : { mute }) }, Date.parse(iso));

describe("a mute window", () => {
  it("is never open when there is none", () => {
    expect(mutedAt(undefined, "2026-03-04T03:00:00Z")).toBe(false);
  });

  it("begins with its first minute and ends before its last", () => {
    const lunch = window("12:00", "13:00");
    const times = ["11:59:59", "12:00:00", "12:59:59", "13:00:00"];
    expect(times.map((time) => mutedAt(lunch, `2026-03-04T${time}Z`))).toEqual([false, true, true, false]);
  });

  it("goes on after midnight, also into a day on which none begins", () => {
    const fridayNight = window("22:00", "07:00", ["fri"]); // 6 March 2026 is a Friday
    const times = [
      "2026-03-05T23:00Z",
      "2026-03-06T06:59Z",
      "2026-03-06T22:00Z",
      "2026-03-07T06:59Z",
      "2026-03-07T07:00Z",
    ];
    expect(times.map((time) => mutedAt(fridayNight, time))).toEqual([false, false, true, true, false]);
  });

  it("is a whole day when it ends when it begins", () => {
    const weekend = window("00:00", "00:00", ["sat", "sun"]);
    const times = ["2026-03-06T23:59Z", "2026-03-07T00:00Z", "2026-03-08T23:59Z", "2026-03-09T00:00Z"];
    expect(times.map((time) => mutedAt(weekend, time))).toEqual([false, true, true, false]);
  });

  it("goes by the clocks of its zone, summer and winter", () => {
    const night = window("22:00", "07:00");
    const at = (time: string) => mutedAt(night, time, "Europe/Berlin");
    expect([at("2026-01-10T20:59Z"), at("2026-01-10T21:00Z")]).toEqual([false, true]);
    expect([at("2026-07-10T19:59Z"), at("2026-07-10T20:00Z")]).toEqual([false, true]);
    expect(mutedAt(night, "2026-01-10T12:00Z", "Asia/Kathmandu")).toBe(false); // 17:45 there
    expect(mutedAt(night, "2026-01-10T16:15Z", "Asia/Kathmandu")).toBe(true); // 22:00 there
  });
});
