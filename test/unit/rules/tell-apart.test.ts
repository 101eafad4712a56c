import { expect, it } from "vitest";
import { requestWith } from "../../../shared/rules/example-documents.ts";
import { compareDocuments } from "./compare-documents.ts";

it("names the place of findings that would read alike", () => {
  const branch = (kind: string, maxLength: number) => ({
    type: "object",
    properties: { kind: { const: kind }, name: { type: "string", maxLength } },
    required: ["kind"],
  });
  const either = (maxLength: number) => requestWith({ oneOf: [branch("cat", maxLength), branch("dog", maxLength)] });
  const { findings } = compareDocuments(either(9), either(5));
  const place = "/paths/~1pets/post/requestBody/content/application~1json/schema/oneOf";
  expect(findings.map(({ message }) => message)).toEqual([
    `changed maxLength of the request property \`name\` from 9 to 5 (at ${place}/0/properties/name/maxLength)`,
    `changed maxLength of the request property \`name\` from 9 to 5 (at ${place}/1/properties/name/maxLength)`,
  ]);
});
