import { describe, expect, it } from "vitest";
import { renderSarif } from "../../../shared/report/sarif.ts";
import { changeSetOfText, noChanges, smallChangeSet } from "./change-sets.ts";

const render = (changes: typeof smallChangeSet) => JSON.parse(renderSarif(changes, { version: "1.2.3" }));

describe("the report as SARIF", () => {
  it("has a result for each finding, at its place in the new document", () => {
    expect(render(smallChangeSet)).toMatchInlineSnapshot(`
      {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [
          {
            "columnKind": "utf16CodeUnits",
            "results": [
              {
                "level": "error",
                "locations": [
                  {
                    "logicalLocations": [
                      {
                        "fullyQualifiedName": "/components/schemas/Pet/properties/tag/type",
                        "kind": "element",
                      },
                    ],
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "api/new.yaml",
                      },
                      "region": {
                        "startColumn": 3,
                        "startLine": 12,
                      },
                    },
                  },
                ],
                "message": {
                  "text": "changed the type of the request property \`tag\` of \`Pet\` from string to integer",
                },
                "partialFingerprints": {
                  "forewarnFinding/v1": "00000000000000aa:request-property-type-changed",
                },
                "properties": {
                  "affectedOperations": [
                    "POST /pets",
                  ],
                  "args": {
                    "after": "integer",
                    "before": "string",
                  },
                  "forewarnLevel": "breaking",
                },
                "relatedLocations": [
                  {
                    "message": {
                      "text": "Before, at /components/schemas/Pet/properties/tag/type",
                    },
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "old.yaml",
                      },
                      "region": {
                        "startColumn": 3,
                        "startLine": 9,
                      },
                    },
                  },
                ],
                "ruleId": "request-property-type-changed",
                "ruleIndex": 0,
              },
              {
                "level": "error",
                "locations": [
                  {
                    "logicalLocations": [
                      {
                        "fullyQualifiedName": "/components/schemas/Pet/properties/tag/type",
                        "kind": "element",
                      },
                    ],
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "api/new.yaml",
                      },
                      "region": {
                        "startColumn": 3,
                        "startLine": 12,
                      },
                    },
                  },
                ],
                "message": {
                  "text": "changed the type of the response property \`tag\` of \`Pet\` from string to integer",
                },
                "partialFingerprints": {
                  "forewarnFinding/v1": "00000000000000aa:response-property-type-changed",
                },
                "properties": {
                  "affectedOperations": [
                    "GET /pets",
                    "POST /pets",
                  ],
                  "args": {
                    "after": "integer",
                    "before": "string",
                  },
                  "forewarnLevel": "breaking",
                },
                "relatedLocations": [
                  {
                    "message": {
                      "text": "Before, at /components/schemas/Pet/properties/tag/type",
                    },
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "old.yaml",
                      },
                      "region": {
                        "startColumn": 3,
                        "startLine": 9,
                      },
                    },
                  },
                ],
                "ruleId": "response-property-type-changed",
                "ruleIndex": 1,
              },
              {
                "level": "warning",
                "locations": [
                  {
                    "logicalLocations": [
                      {
                        "fullyQualifiedName": "/paths/~1pets/get",
                        "kind": "element",
                      },
                    ],
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "api/new.yaml",
                      },
                      "region": {
                        "startLine": 1,
                      },
                    },
                  },
                ],
                "message": {
                  "text": "removed GET /pets",
                },
                "partialFingerprints": {
                  "forewarnFinding/v1": "00000000000000bb:rule-of-another-release",
                },
                "properties": {
                  "affectedOperations": [
                    "GET /pets",
                  ],
                  "args": {},
                  "forewarnLevel": "risky",
                },
                "relatedLocations": [
                  {
                    "message": {
                      "text": "Before, at /paths/~1pets/get",
                    },
                    "physicalLocation": {
                      "artifactLocation": {
                        "uri": "old.yaml",
                      },
                      "region": {
                        "startColumn": 5,
                        "startLine": 4,
                      },
                    },
                  },
                ],
                "ruleId": "rule-of-another-release",
                "ruleIndex": 2,
              },
            ],
            "tool": {
              "driver": {
                "name": "Forewarn",
                "rules": [
                  {
                    "defaultConfiguration": {
                      "level": "error",
                    },
                    "fullDescription": {
                      "text": "The value has another type or format, and neither includes the other. Requests that were accepted before may be refused or understood differently.",
                    },
                    "help": {
                      "markdown": "The value has another type or format, and neither includes the other. Requests that were accepted before may be refused or understood differently.

      **What to do:** Find where your code fills in this value and bring what it sends within the new contract first.",
                      "text": "The value has another type or format, and neither includes the other. Requests that were accepted before may be refused or understood differently. Find where your code fills in this value and bring what it sends within the new contract first.",
                    },
                    "id": "request-property-type-changed",
                    "properties": {
                      "area": "schema",
                      "direction": "request",
                      "kind": "type",
                      "tags": [
                        "openapi",
                        "schema",
                      ],
                    },
                    "shortDescription": {
                      "text": "changed the type of {place} from {before} to {after}",
                    },
                  },
                  {
                    "defaultConfiguration": {
                      "level": "error",
                    },
                    "fullDescription": {
                      "text": "The value has another type or format, and neither includes the other. Clients may receive values that they were not written for.",
                    },
                    "help": {
                      "markdown": "The value has another type or format, and neither includes the other. Clients may receive values that they were not written for.

      **What to do:** Find where your code reads this value and teach it the new values before they arrive.",
                      "text": "The value has another type or format, and neither includes the other. Clients may receive values that they were not written for. Find where your code reads this value and teach it the new values before they arrive.",
                    },
                    "id": "response-property-type-changed",
                    "properties": {
                      "area": "schema",
                      "direction": "response",
                      "kind": "type",
                      "tags": [
                        "openapi",
                        "schema",
                      ],
                    },
                    "shortDescription": {
                      "text": "changed the type of {place} from {before} to {after}",
                    },
                  },
                  {
                    "id": "rule-of-another-release",
                  },
                ],
                "version": "1.2.3",
              },
            },
          },
        ],
        "version": "2.1.0",
      }
    `);
  });

  it("points every result at its rule", () => {
    const [run] = render(smallChangeSet).runs;
    const ids = run.results.map(({ ruleIndex }: { ruleIndex: number }) => run.tool.driver.rules[ruleIndex]?.id);
    expect(ids).toEqual(smallChangeSet.findings.map(({ ruleId }) => ruleId));
  });

  it("has an empty list of results when nothing changed", () => {
    expect(render(noChanges).runs[0]?.results).toEqual([]);
  });

  it.each([
    ["a path with spaces", "my apis/pets v1.yaml", "my%20apis/pets%20v1.yaml"],
    ["an absolute path", "/srv/pets.yaml", "file:///srv/pets.yaml"],
    ["a path of Windows", "C:\\apis\\pets.yaml", "file:///C:/apis/pets.yaml"],
    ["a URL", "https://example.test/a b.json", "https://example.test/a%20b.json"],
    ["a revision of git", "main:openapi.yaml", "main%3Aopenapi.yaml"],
    ["standard input", "-", "stdin"],
    ["a lone surrogate", "\ud800.json", "%EF%BF%BD.json"],
  ])("writes %s as a URI", (_, source, uri) => {
    const [result] = render(changeSetOfText(source)).runs[0]?.results ?? [];
    expect(result?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri });
  });
});
