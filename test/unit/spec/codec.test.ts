import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { decodeModel, encodeModel } from "../../../shared/spec/codec.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";
import { answering, bytesOf, errorOf, modelOf } from "./documents.ts";

const fixture = (name: string) =>
  gunzipSync(readFileSync(new URL(`../../fixtures/specs/${name}.json.gz`, import.meta.url)));

describe("a stored model", () => {
  it("comes back as it was", () => {
    const model = modelOf(
      answering(
        { $ref: "#/components/schemas/N" },
        { N: { properties: { next: { $ref: "#/components/schemas/N" }, ü: { const: null } } } },
      ),
    );
    expect(decodeModel(encodeModel(model))).toEqual(model);
  });

  it.each([
    ["{", "the stored model is damaged: it is not JSON"],
    ['{"modelVersion":2}', /^the stored model is not of version 1: modelVersion /],
    ["[]", /^the stored model is not of version 1:/],
  ])("is refused when it is %j", (text, message) => {
    expect(errorOf(() => decodeModel(bytesOf(text)))).toMatchObject({
      name: "StoredModelError",
      message: expect.stringMatching(message),
    });
  });
});

describe("a real document of 4 MB", () => {
  it("has one meaning in JSON, in YAML, and with its keys reversed; another in its next version", () => {
    const bytes = fixture("stripe-adj/old");
    const parsed = parseDocument(bytes);
    const model = normalize(parsed);
    expect({
      operations: model.operations.length,
      components: Object.keys(model.components).length,
      warnings: model.warnings,
    }).toEqual({ operations: 416, components: 561, warnings: [] });
    const reversed = JSON.stringify(parsed.document, (_, value) =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(normalize(parseDocument(bytesOf(reversed))).rootHash).toBe(model.rootHash);
    const yaml = parseDocument(bytesOf(dump(parsed.document, { noRefs: true })));
    expect(yaml.format).toBe("yaml");
    expect(normalize(yaml).rootHash).toBe(model.rootHash);
    expect(normalize(parseDocument(fixture("stripe-adj/new"))).rootHash).not.toBe(model.rootHash);
  });
});
