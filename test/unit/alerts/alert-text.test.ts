import { expect, test } from "vitest";
import { buildApiChangedPayload } from "../../../shared/alerts/alert-event.ts";
import { alertTextOf } from "../../../shared/alerts/alert-text.ts";
import { sampleCause, sampleChange, sampleDelivery } from "./sample-alert.ts";

const textWith = (people: Parameters<typeof buildApiChangedPayload>[4], cause = sampleCause()) =>
  alertTextOf(buildApiChangedPayload(sampleDelivery({ cause }), [sampleChange()], 0, "/changes", people));
const reach = [
  { name: "Severity", value: "breaking" },
  { name: "Reach", value: "2 operations" },
];

test("an alert names the consumers that are hit first of all, and the owner of the dependency", () => {
  const consumers = [
    { name: "checkout", owner: "payments", operationCount: 2 },
    { name: "search", operationCount: 1 },
  ];
  const { facts, lists } = textWith({ owner: "platform", consumers });
  expect(facts).toEqual([...reach, { name: "Owner", value: "platform" }]);
  expect(lists[0]).toEqual({
    heading: "Consumers hit",
    lines: ["checkout (payments): 2 operations", "search: 1 operation"],
    total: 2,
  });
});

test("an alert says that nobody who is known is hit, and nothing where nobody said who calls it", () => {
  expect(textWith({ consumers: [] }).facts).toEqual([...reach, { name: "Consumers hit", value: "none that is known" }]);
  expect(textWith({}).facts).toEqual(reach);
  expect(textWith({}).lists.map(({ heading }) => heading)).toEqual(["Changes", "Operations"]);
});

test("a change of the whole document reaches the whole API", () => {
  const { facts, lists } = textWith({}, sampleCause({ operations: [] }));
  expect(facts[1]).toEqual({ name: "Reach", value: "the whole API" });
  expect(lists.map(({ heading }) => heading)).toEqual(["Changes"]);
});
