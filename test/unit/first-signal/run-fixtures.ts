import type { RunRecord } from "../../../shared/orchestrator/run-record.ts";
import type { SessionJob } from "../../../shared/sessions/session.ts";

export const sessionJobFixture = (fields: Partial<SessionJob> = {}): SessionJob => ({
  id: "0190f000-0000-7000-8000-000000000001",
  tenantId: "01KDTV000000TENANT00000001",
  sessionId: "0190f000-0000-7000-8000-00000000000a",
  type: "scrape.getRelevantDocumentation",
  status: "queued",
  stage: "running",
  term: 0,
  input: { sha256: "a", json: "{}" },
  sources: [],
  identity: "identity",
  errors: [],
  createdAt: "2026-01-01T10:00:00.000Z",
  updatedAt: "2026-01-01T10:00:00.000Z",
  expiresAt: "2999-01-01T00:00:00.000Z",
  ...fields,
});

export const runRecordFixture = (fields: Partial<RunRecord> = {}): RunRecord => ({
  id: 42,
  startedAt: "2026-01-01T10:00:00.000Z",
  completedAt: "2026-01-01T10:00:05.000Z",
  status: "completed",
  tablesAssessed: 3,
  tablesSkipped: 0,
  tablesHealthy: 1,
  jobsSubmitted: 2,
  jobsCompleted: 0,
  jobsFailed: 0,
  dryRun: false,
  error: null,
  ...fields,
});
