import { expect, it } from "vitest";
import { nearestNames } from "../../../shared/rules/nearest-names.ts";

const names = ["endpoint-added", "endpoint-moved", "sunset-added", "server-removed"];

it.each([
  ["a letter wrong", "endpoint-addet", ["endpoint-added", "endpoint-moved"]],
  ["a part of a name", "sunset", ["sunset-added"]],
  ["another case", "SERVER-removed", ["server-removed"]],
  ["nothing like it", "qqqqqq", []],
])("suggests for %s the nearest names first", (_, name, expected) => {
  expect(nearestNames(name, names, 2)).toEqual(expected);
});
