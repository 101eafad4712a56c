import { describe, expect, it } from "vitest";
import type { OperationRef } from "../../../shared/diff/change-set.ts";
import { type AdjustmentRequest, adjustChangeSet, type IgnoreEntry } from "../../../shared/rules/adjust-change-set.ts";
import { smallChangeSet } from "../report/change-sets.ts";

const tags: Record<string, string[]> = { "GET /pets": ["Pets", "Public"], "POST /pets": ["Pets"] };
const tagsOf = ({ method, path }: OperationRef) => tags[`${method} ${path}`] ?? [];
const adjust = (request: AdjustmentRequest) =>
  adjustChangeSet(smallChangeSet, request, { today: "2026-03-01", tagsOf });
const entry: IgnoreEntry = {
  rule: "response-property-type-changed",
  reason: "we parse both",
  owner: "ada",
  until: "2026-03-01",
};
const add = { method: "POST", path: "/pets" };
const read = { method: "GET", path: "/pets" };
const nothingDone = {
  severities: [],
  ignored: [],
  suppressed: [],
  expired: [],
  filters: { include: [], exclude: [], findings: 0 },
};
/** Rule and operations of each finding, and the counts. */
const outline = (request: AdjustmentRequest) => {
  const { findings, counts } = adjust(request);
  return {
    findings: findings.map(({ ruleId, level, affectedOperations }) => {
      return [ruleId, level, ...affectedOperations.map(({ method }) => method)];
    }),
    counts: Object.values(counts),
  };
};

describe("an adjustment of a change set", () => {
  it("that asks for nothing changes nothing and says so", () => {
    expect(adjust({})).toEqual({ ...smallChangeSet, adjustments: nothingDone });
  });

  it("sets levels, puts the worst first and counts again", () => {
    const severities = new Map([
      ["rule-of-another-release", "breaking" as const],
      ["request-property-type-changed", "safe" as const],
      ["response-property-type-changed", "breaking" as const],
    ]);
    const adjusted = adjust({ severities });
    const [request, response, removal] = smallChangeSet.findings;
    const [schema, endpoint] = smallChangeSet.causes;
    expect(adjusted).toEqual({
      ...smallChangeSet,
      findings: [
        response,
        { ...removal, level: "breaking", judgedLevel: "risky" },
        { ...request, level: "safe", judgedLevel: "breaking" },
      ],
      causes: [
        { ...schema, summary: schema?.summary.replace("request", "response"), findings: [0, 2] },
        { ...endpoint, level: "breaking", findings: [1] },
      ],
      counts: { breaking: 2, risky: 0, safe: 1, total: 3, causes: 2 },
      adjustments: {
        ...nothingDone,
        severities: [
          { rule: "rule-of-another-release", level: "breaking", findings: 1 },
          { rule: "request-property-type-changed", level: "safe", findings: 1 },
          { rule: "response-property-type-changed", level: "breaking", findings: 0 },
        ],
      },
    });
  });

  it("ignores a finding until the end of the entry's last day, and no longer", () => {
    const expired = { ...entry, until: "2026-02-28" };
    expect(outline({ ignores: [entry] })).toEqual({
      findings: [
        ["request-property-type-changed", "breaking", "POST"],
        ["rule-of-another-release", "risky", "GET"],
      ],
      counts: [1, 1, 0, 2, 2],
    });
    expect(adjust({ ignores: [entry, expired] }).adjustments).toEqual({
      ...nothingDone,
      ignored: [{ ...entry, findings: 1 }],
      suppressed: [{ entry: 0, finding: smallChangeSet.findings[1] }],
      expired: [expired],
    });
    expect(adjust({ ignores: [expired] }).findings).toEqual(smallChangeSet.findings);
  });

  it("ignores only the operations that an entry names", () => {
    const { findings, adjustments } = adjust({ ignores: [{ ...entry, operation: "GET /p*" }] });
    expect(findings[1]).toEqual({
      ...smallChangeSet.findings[1],
      affectedOperations: [add],
      operation: add,
      ignoredOperations: 1,
    });
    expect(adjustments?.ignored[0]?.findings).toBe(1);
    expect(adjustments?.suppressed).toEqual([
      { entry: 0, finding: { ...smallChangeSet.findings[1], affectedOperations: [read], operation: read } },
    ]);
    expect(adjust({ ignores: [{ ...entry, operation: "PUT *" }] }).findings).toEqual(smallChangeSet.findings);
  });

  it("ignores only the places that an entry names", () => {
    const total = (pointer: string) => adjust({ ignores: [{ ...entry, pointer }] }).counts.total;
    expect([total("/components/schemas/Pet/*"), total("/components/schemas/Dog/*")]).toEqual([2, 3]);
  });

  it.each<[string, AdjustmentRequest, (string | number)[][], number]>([
    [
      "one method",
      { include: [{ by: "method", pattern: "post" }] },
      [
        ["request-property-type-changed", "breaking", "POST"],
        ["response-property-type-changed", "breaking", "POST"],
      ],
      1,
    ],
    [
      "one tag without one method",
      { include: [{ by: "tag", pattern: "Pets" }], exclude: [{ by: "method", pattern: "POST" }] },
      [
        ["response-property-type-changed", "breaking", "GET"],
        ["rule-of-another-release", "risky", "GET"],
      ],
      1,
    ],
    [
      "a tag and a method that agree on nothing",
      {
        include: [
          { by: "tag", pattern: "Public" },
          { by: "method", pattern: "POST" },
        ],
      },
      [],
      3,
    ],
    [
      "either of two paths",
      {
        include: [
          { by: "path", pattern: "/dogs" },
          { by: "path", pattern: "/p*" },
        ],
      },
      [
        ["request-property-type-changed", "breaking", "POST"],
        ["response-property-type-changed", "breaking", "GET", "POST"],
        ["rule-of-another-release", "risky", "GET"],
      ],
      0,
    ],
  ])("keeps %s", (_, request, findings, leftOut) => {
    expect(outline(request).findings).toEqual(findings);
    expect(adjust(request).adjustments?.filters.findings).toBe(leftOut);
  });

  it("keeps what concerns the whole document, whatever the filter", () => {
    const everywhere = smallChangeSet.findings.map((one) => ({ ...one, affectedOperations: [], operation: null }));
    const adjusted = adjustChangeSet(
      { ...smallChangeSet, findings: everywhere },
      { include: [{ by: "path", pattern: "/none" }] },
      { today: "2026-03-01", tagsOf },
    );
    expect(adjusted.findings).toHaveLength(3);
  });
});
