import { createHash } from "node:crypto";
import { canonicalJson } from "../spec/canonical-json.ts";
import type { JsonValue } from "../spec/model.ts";
import type { JobType } from "./job-types/job-type.ts";
import type { SessionRecordStore } from "./records.ts";
import type { JobSource, SessionJob } from "./session.ts";
import { listDocumentation } from "./session-shelf.ts";

type Place = { tenantId: string; sessionId: string };

/** The latest finished job of each subject of `typeName`, newest first. */
export const latestFinished = async (
  records: Pick<SessionRecordStore, "listJobs">,
  place: Place,
  typeNames: readonly string[],
): Promise<SessionJob[]> => {
  const found = new Map<string, SessionJob>();
  let cursor: string | undefined;
  const isWanted = (job: SessionJob) => job.status === "finished" && typeNames.includes(job.type);
  do {
    const page = await records.listJobs(place, { limit: 100, cursor }, isWanted);
    for (const job of page.items) {
      const key = JSON.stringify([job.type, job.subject ?? null]);
      if (!found.has(key)) found.set(key, job);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return [...found.values()];
};

/** What a job of `type` with this input is to read, and the hash of all that decides its result. */
export const identifyJob = async (
  records: Pick<SessionRecordStore, "listJobs" | "listDocumentation">,
  place: Place,
  type: JobType,
  input: unknown,
): Promise<{ sources: JobSource[]; identity: string }> => {
  const { jobTypes } = type.reads;
  const read = jobTypes.length === 0 ? [] : await latestFinished(records, place, jobTypes);
  const documentation = type.reads.documentation ? await listDocumentation(records, place) : [];
  const decided = {
    type: type.name,
    input: type.identityOf(input),
    outputs: read.map((job) => [job.type, job.subject ?? null, job.result?.sha256]).sort(byText),
    documentation: documentation.map(({ docId, chunksSha256 }) => [docId, chunksSha256]),
  };
  return {
    sources: read.map(({ type: name, subject, id }) => ({
      type: name,
      ...(subject === undefined ? {} : { subject }),
      jobId: id,
    })),
    identity: createHash("sha256")
      .update(canonicalJson(JSON.parse(JSON.stringify(decided)) as JsonValue))
      .digest("hex"),
  };
};

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
