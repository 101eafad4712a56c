import { type AlertPreference, type Weekday, weekdays } from "./alert-preference.ts";

const dayMinutes = 24 * 60;

/** Whether the preference's mute window is open at `atMs` (Unix milliseconds), by the clocks of its time zone. */
export function isMuted({ mute, timeZone }: Pick<AlertPreference, "mute" | "timeZone">, atMs: number): boolean {
  if (mute === undefined) return false;
  const { day, minute } = localTime(atMs, timeZone);
  const [from, to] = [minuteOf(mute.from), minuteOf(mute.to)];
  const begins = (weekday: Weekday) => mute.days.includes(weekday);
  if (from < to) return begins(day) && minute >= from && minute < to;
  return (begins(day) && minute >= from) || (begins(dayBefore(day)) && minute < to);
}

/** @example minuteOf("22:30") // 1350 */
function minuteOf(time: string): number {
  const [hours, minutes] = time.split(":");
  return (Number(hours) * 60 + Number(minutes)) % dayMinutes;
}

const dayBefore = (day: Weekday): Weekday => weekdays[(weekdays.indexOf(day) + 6) % 7] ?? day;

function localTime(atMs: number, timeZone: string): { day: Weekday; minute: number } {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const day = weekdays.find((weekday) => weekday === part("weekday").toLowerCase()) ?? "mon";
  return { day, minute: Number(part("hour")) * 60 + Number(part("minute")) };
}
