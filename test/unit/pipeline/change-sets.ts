import type { ChangeSet, Finding, Level } from "../../../shared/diff/change-set.ts";
import { type BodyStore, bodyKeys } from "../../../shared/snapshots/ports.ts";
import { sha256 } from "../../../shared/snapshots/sha256.ts";
import { tenantId } from "./stage-context.ts";

const finding = (number: number, level: Level, causeKey: string): Finding => ({
  ruleId: "operation-removed",
  kind: "remove",
  level,
  direction: "none",
  operation: { method: "GET", path: `/things/${number}` },
  affectedOperations: [{ method: "GET", path: `/things/${number}` }],
  pointer: `/paths/~1things~1${number}/get`,
  before: { pointer: `/paths/~1things~1${number}/get`, line: number },
  after: null,
  message: `GET /things/${number} was removed`,
  args: { number },
  causeKey,
});

const summary = {
  title: "Things",
  version: "1.0.0",
  dialect: "openapi-3.0",
  rootHash: "0",
  operations: 1,
} as const;

/** A change set of one cause for each of `levels`, with `findingsPerCause` findings each. */
export const changeSetFixture = (levels: readonly Level[], findingsPerCause = 1): ChangeSet => {
  const findings = levels.flatMap((level, cause) =>
    Array.from({ length: findingsPerCause }, (_, index) =>
      finding(cause * findingsPerCause + index + 1, level, `cause-${cause + 1}`),
    ),
  );
  const count = (level: Level) => findings.filter((one) => one.level === level).length;
  return {
    schemaVersion: 1,
    before: summary,
    after: { ...summary, version: "2.0.0", rootHash: "1" },
    findings,
    causes: levels.map((level, cause) => ({
      key: `cause-${cause + 1}`,
      scope: "endpoint",
      level,
      summary: `${findingsPerCause} operations were removed`,
      pointer: "/paths",
      affectedOperations: findings
        .filter((one) => one.causeKey === `cause-${cause + 1}`)
        .flatMap((one) => one.affectedOperations),
      findings: findings.flatMap((one, index) => (one.causeKey === `cause-${cause + 1}` ? [index] : [])),
    })),
    counts: {
      breaking: count("breaking"),
      risky: count("risky"),
      safe: count("safe"),
      total: findings.length,
      causes: levels.length,
    },
  };
};

/** Stores the change set as the stage `diff` does. Gives the output that `diff` leaves. */
export const storeChangeSet = async (bodies: BodyStore, changeSet: ChangeSet) => {
  const bytes = new TextEncoder().encode(JSON.stringify(changeSet));
  const changeSetKey = bodyKeys.changeSet(tenantId, sha256(bytes));
  await bodies.putOnce(changeSetKey, bytes, "application/json");
  const { breaking, risky, safe, causes } = changeSet.counts;
  return { changeSetKey, breaking, risky, safe, causes };
};
