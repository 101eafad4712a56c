import { describe, expect, it } from "vitest";
import type { ChangeEvent } from "../../../shared/changes/change-event.ts";
import type { ChangeSet, Finding } from "../../../shared/diff/change-set.ts";
import { toChangeEvents } from "../../../shared/pipeline/change-events.ts";
import { syncJobFixture } from "../sync-fixtures.ts";

const finding = (fields: Partial<Finding> = {}): Finding => ({
  ruleId: "request-parameter-pattern-added",
  kind: "add",
  level: "breaking",
  direction: "request",
  operation: null,
  affectedOperations: [
    { method: "GET", path: "/a/{id}" },
    { method: "GET", path: "/b/{id}" },
  ],
  pointer: "/components/schemas/Id/pattern",
  before: null,
  after: { pointer: "/components/schemas/Id/pattern" },
  message: "added the pattern `^[0-9]+$` to the path parameter `id`",
  args: { parameter: "id", pattern: "^[0-9]+$" },
  causeKey: "c",
  ...fields,
});

const document = { title: "t", version: "1", dialect: "openapi-3.1", rootHash: "h", operations: 3 } as const;
const eventsOf = (...findings: Finding[]): ChangeEvent[] => {
  const counts = { breaking: findings.length, risky: 0, safe: 0, total: findings.length, causes: 1 };
  const changeSet: ChangeSet = { schemaVersion: 1, before: document, after: document, findings, causes: [], counts };
  const job = syncJobFixture({ baseSnapshotId: "01KDTV00000000000BASE00001-aa" });
  return toChangeEvents(changeSet, job, "01KDTV00000000000NEXT00001-bb", job.createdAt);
};
const eventIds = (...findings: Finding[]): string[] => eventsOf(...findings).map((event) => event.id);

describe("a change event", () => {
  it("says that its level was set, and for how many operations somebody ignores it", () => {
    const adjusted = finding({ level: "safe", judgedLevel: "breaking", ignoredOperations: 3 });
    const [event] = eventsOf(adjusted);
    expect([event?.severity, event?.detail]).toEqual([
      "safe",
      {
        args: adjusted.args,
        direction: "request",
        before: null,
        after: adjusted.after,
        severityOverride: { from: "breaking", to: "safe" },
        ignoredOperations: 3,
      },
    ]);
  });
});

describe("the id of a change event", () => {
  it("is the same whenever the same change is found between the same snapshots", () => {
    expect(eventIds(finding())).toEqual(eventIds(finding()));
  });

  it("tells two findings apart that are alike in everything, the same way each time", () => {
    const ids = eventIds(finding(), finding());
    expect(new Set(ids).size).toBe(2);
    expect(eventIds(finding(), finding())).toEqual(ids);
  });

  it.each<[string, Partial<Finding>]>([
    ["rule", { ruleId: "request-parameter-pattern-changed" }],
    ["direction", { direction: "response" }],
    ["reach", { affectedOperations: [{ method: "GET", path: "/c/{id}" }] }],
    ["place", { pointer: "/components/schemas/Key/pattern" }],
    ["arguments", { args: { parameter: "key", pattern: "^[0-9]+$" } }],
  ])("differs with the %s alone, so that no change hides another one", (_, fields) => {
    expect(new Set(eventIds(finding(), finding(fields))).size).toBe(2);
  });
});
