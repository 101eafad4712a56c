import { expect, it } from "vitest";
import { parseFilter } from "../../../shared/rules/parse-filter.ts";

it.each([
  ["path:/v1/*", { by: "path", pattern: "/v1/*" }],
  ["method:POST", { by: "method", pattern: "POST" }],
  ["tag: Pets and dogs ", { by: "tag", pattern: "Pets and dogs" }],
  ["path:/v1:batch", { by: "path", pattern: "/v1:batch" }],
  ["path:", undefined],
  ["path: ", undefined],
  ["path", undefined],
  ["name:pets", undefined],
  [":path", undefined],
  ["", undefined],
])("the filter %s is read as what it picks operations by and the pattern", (text, filter) => {
  expect(parseFilter(text)).toEqual(filter);
});
