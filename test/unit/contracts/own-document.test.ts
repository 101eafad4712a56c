import { describe, expect, it } from "vitest";
import { createOpenApiDocument, type OpenApiDocument } from "../../../shared/contracts/api/openapi.ts";
import { routes } from "../../../shared/contracts/api/routes.ts";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

const modelOf = (document: OpenApiDocument) =>
  normalize(parseDocument(new TextEncoder().encode(JSON.stringify(document))));

/** What the contract engine says of an edit of our own API. */
const findingsOf = (edit: (document: OpenApiDocument) => void) => {
  const edited = createOpenApiDocument();
  edit(edited);
  const { findings } = compareModels(modelOf(createOpenApiDocument()), modelOf(edited));
  return findings.map(({ level, ruleId, operation }) => ({ level, ruleId, operation }));
};

describe("our own API's document in our own engine", () => {
  it("is read whole and without a warning", () => {
    const model = modelOf(createOpenApiDocument());
    expect(model.warnings).toEqual([]);
    expect(model.operations).toHaveLength(Object.keys(routes).length);
  });

  it("says nothing when nothing changed", () => {
    expect(findingsOf(() => {})).toEqual([]);
  });

  it("tells us when we take a route away", () => {
    const edit = ({ paths }: OpenApiDocument) => {
      delete paths["/api/sync-jobs/{jobId}/cancel"];
    };
    const operation = { method: "POST", path: "/api/sync-jobs/{jobId}/cancel" };
    expect(findingsOf(edit)).toEqual([
      { level: "breaking", ruleId: "api-path-removed-without-deprecation", operation },
    ]);
  });

  it("tells us when we ask more of a request", () => {
    const edit = ({ components }: OpenApiDocument) => {
      components.schemas.UpdateChannel = { ...components.schemas.UpdateChannel, required: ["name"] };
    };
    const operation = { method: "PATCH", path: "/api/channels/{channelId}" };
    expect(findingsOf(edit)).toEqual([{ level: "breaking", ruleId: "request-property-became-required", operation }]);
  });
});
