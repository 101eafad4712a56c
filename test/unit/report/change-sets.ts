import type { ChangeSet } from "../../../shared/diff/change-set.ts";

const summary = { title: "Pets", version: "1", dialect: "openapi-3.0", rootHash: "0", operations: 2 } as const;
const list = { method: "GET", path: "/pets" };
const add = { method: "POST", path: "/pets" };
const tag = "/components/schemas/Pet/properties/tag/type";
const place = { pointer: tag, line: 9, column: 3 };

/** Two causes: a schema's edit with a finding for each direction, and an operation that was removed. */
export const smallChangeSet: ChangeSet = {
  schemaVersion: 1,
  before: { ...summary, source: "old.yaml" },
  after: { ...summary, version: "2", rootHash: "1", operations: 1, source: "api/new.yaml" },
  findings: [
    {
      ruleId: "request-property-type-changed",
      kind: "change",
      level: "breaking",
      direction: "request",
      operation: add,
      affectedOperations: [add],
      pointer: tag,
      before: place,
      after: { ...place, line: 12 },
      message: "changed the type of the request property `tag` of `Pet` from string to integer",
      args: { before: "string", after: "integer" },
      causeKey: "00000000000000aa",
    },
    {
      ruleId: "response-property-type-changed",
      kind: "change",
      level: "breaking",
      direction: "response",
      operation: null,
      affectedOperations: [list, add],
      pointer: tag,
      before: place,
      after: { ...place, line: 12 },
      message: "changed the type of the response property `tag` of `Pet` from string to integer",
      args: { before: "string", after: "integer" },
      causeKey: "00000000000000aa",
    },
    {
      ruleId: "rule-of-another-release",
      kind: "remove",
      level: "risky",
      direction: "none",
      operation: list,
      affectedOperations: [list],
      pointer: "/paths/~1pets/get",
      before: { pointer: "/paths/~1pets/get", line: 4, column: 5 },
      after: null,
      message: "removed GET /pets",
      args: {},
      causeKey: "00000000000000bb",
    },
  ],
  causes: [
    {
      key: "00000000000000aa",
      scope: "schema",
      level: "breaking",
      summary: "Changed the type of the request property `tag` of `Pet` from string to integer, which 2 operations use",
      pointer: tag,
      affectedOperations: [list, add],
      findings: [0, 1],
    },
    {
      key: "00000000000000bb",
      scope: "endpoint",
      level: "risky",
      summary: "Removed GET /pets",
      pointer: "/paths/~1pets/get",
      affectedOperations: [list],
      findings: [2],
    },
  ],
  counts: { breaking: 2, risky: 1, safe: 0, total: 3, causes: 2 },
};

/** One safe finding whose every text is `text`, whatever it holds. */
export function changeSetOfText(text: string): ChangeSet {
  const operation = { method: "GET", path: text };
  return {
    schemaVersion: 1,
    before: { ...summary, title: text, source: text },
    after: { ...summary, title: text, source: text },
    findings: [
      {
        ruleId: "endpoint-added",
        kind: "add",
        level: "safe",
        direction: "none",
        operation,
        affectedOperations: [operation],
        pointer: text,
        before: null,
        after: { pointer: text, line: 3, column: 1 },
        message: text,
        args: { text },
        causeKey: "00000000000000cc",
      },
    ],
    causes: [
      {
        key: "00000000000000cc",
        scope: "endpoint",
        level: "safe",
        summary: text,
        pointer: text,
        affectedOperations: [operation],
        findings: [0],
      },
    ],
    counts: { breaking: 0, risky: 0, safe: 1, total: 1, causes: 1 },
  };
}

/** Two documents that describe the same API. */
export const noChanges: ChangeSet = {
  ...smallChangeSet,
  findings: [],
  causes: [],
  counts: { breaking: 0, risky: 0, safe: 0, total: 0, causes: 0 },
};
