import { describe, expect, it } from "vitest";
import * as z from "zod";
import { renderSarif } from "../../../shared/report/sarif.ts";
import { changeSetOfText, noChanges, smallChangeSet } from "./change-sets.ts";

// What the schema of SARIF 2.1.0 requires of the parts that are used here, with its `additionalProperties: false`.
const level = z.enum(["none", "note", "warning", "error"]);
const message = z.strictObject({ text: z.string().min(1) });
const propertyBag = z.looseObject({ tags: z.array(z.string()).optional() });
const uriReference = z
  .string()
  .regex(/^[!#$%&'()*+,/:;=?@[\]\w.~-]+$/)
  .refine((uri) => URL.canParse(uri, "https://base.test/"));
const region = z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1).optional() });
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri: uriReference }),
    region: region.optional(),
  }),
  logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string(), kind: z.string() })).optional(),
  message: message.optional(),
});
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string(),
          version: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: message.optional(),
              fullDescription: message.optional(),
              help: message.optional(),
              defaultConfiguration: z.strictObject({ level }).optional(),
              properties: propertyBag.optional(),
            }),
          ),
        }),
      }),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message,
          locations: z.array(location),
          relatedLocations: z.array(location).optional(),
          partialFingerprints: z.record(z.string(), z.string()),
          properties: propertyBag,
        }),
      ),
    }),
  ),
});

const render = (changes: typeof smallChangeSet) => log.parse(JSON.parse(renderSarif(changes, { version: "1.2.3" })));

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
                      "text": "Find where your code fills in this value and bring what it sends within the new contract first.",
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
                      "text": "Find where your code reads this value and teach it the new values before they arrive.",
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
    const ids = run?.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id);
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
