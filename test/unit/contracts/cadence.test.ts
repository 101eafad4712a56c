import { expect, it } from "vitest";
import { cadence, cadenceMs } from "../../../shared/contracts/api/cadence.ts";

it.each([
  ["5m", 300_000],
  ["15m", 900_000],
  ["1h", 3_600_000],
  ["31d", 2_678_400_000],
])("reads the cadence %s", (text, ms) => {
  expect([cadence.safeParse(text).success, cadenceMs(text)]).toEqual([true, ms]);
});

it.each(["", "h", "0h", "4m", "32d", "1w", "-1h", "1.5h", "01h", "1 h", "1H", "99999999h"])("refuses %j", (text) => {
  expect(cadence.safeParse(text).success).toBe(false);
});
