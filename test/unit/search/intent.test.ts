import { expect, it } from "vitest";
import { fitOf, intentOf } from "../../../shared/search/intent.ts";

it.each([
  ["who is banned", "read"],
  ["Which invoices are overdue?", "read"],
  ["list open invoices", "read"],
  ["bills of a month and how many", "read"],
  ["please delete a customer", "remove"],
  ["take a label away", "remove"],
  ["refund a payment", "write"],
  ["address book of a company", undefined],
  ["addressing", undefined],
])("the grammar of “%s” asks to %s", (question, intent) => {
  expect(intentOf(question)).toBe(intent);
});

it("methods fit what is asked for, and half where services differ in what they use", () => {
  const fits = (intent: "read" | "remove" | "write" | undefined) =>
    ["GET", "POST", "PUT", "DELETE"].map((method) => fitOf(intent, method));
  expect(fits("read")).toEqual([1, 0, 0, 0]);
  expect(fits("write")).toEqual([0, 1, 1, 0.5]);
  expect(fits("remove")).toEqual([0, 0.5, 0.5, 1]);
  expect(fits(undefined)).toEqual([0, 0, 0, 0]);
});
