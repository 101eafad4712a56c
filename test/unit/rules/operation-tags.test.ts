import { expect, it } from "vitest";
import { tagIndexOf } from "../../../shared/rules/operation-tags.ts";
import { modelOf } from "../diff/models.ts";

const tagged = (method: string, ...tags: string[]) =>
  modelOf({ paths: { "/pets": { [method]: { tags, responses: {} } } } });

it("has the tags of an operation from whichever document names them, and none of one that neither has", () => {
  const tagsOf = tagIndexOf(tagged("get", "Pets"), tagged("get", "Animals"), tagged("put", "Stock"));
  const tagsOfEach = ["GET", "PUT", "POST"].map((method) => tagsOf({ method, path: "/pets" }));
  expect(tagsOfEach).toEqual([["Pets", "Animals"], ["Stock"], []]);
});
