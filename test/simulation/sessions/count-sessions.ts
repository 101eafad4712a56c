import { createHash } from "node:crypto";
import * as z from "zod";
import type { SessionRecordStore } from "../../../shared/sessions/records.ts";
import { isOver, type SessionJob } from "../../../shared/sessions/session.ts";
import { readPayload, sessionBodies } from "../../../shared/sessions/session-bodies.ts";
import { listAllJobs } from "../../../shared/sessions/session-life.ts";
import { listDocumentation, readChunks } from "../../../shared/sessions/session-shelf.ts";
import type { BodyStore } from "../../../shared/snapshots/ports.ts";
import type { UsedSession } from "./people.ts";
import { contentOf, readPages } from "./read-pages.ts";

const resultSchema = z.object({ label: z.string(), pages: z.int() });

/** Holds what every session has at the end against what its jobs said that they did. */
export const countSessions = async (
  store: SessionRecordStore,
  bodies: BodyStore,
  sessions: readonly UsedSession[],
): Promise<{ broken: string[]; finished: number; failed: number }> => {
  const broken: string[] = [];
  let finished = 0;
  let failed = 0;
  for (const { session, isDeleted } of sessions) {
    const { tenantId } = session;
    const own = sessionBodies(bodies, tenantId, "count");
    const jobs = await listAllJobs(store, session);
    broken.push(...jobs.filter((job) => !isOver(job)).map((job) => `${job.id} is still ${job.status}`));
    if (isDeleted) continue;
    failed += jobs.filter(({ status }) => status === "failed").length;
    broken.push(...jobs.flatMap((job) => wrongFailure(job)));

    const documents = new Map(
      (await listDocumentation(store, { tenantId, sessionId: session.id })).map((one) => [one.docId, one]),
    );
    const contents = new Map<string, string>();
    for (const [docId, document] of documents) {
      const bytes = await bodies.get(document.chunksKey);
      const sha256 = createHash("sha256")
        .update(bytes ?? "")
        .digest("hex");
      if (sha256 !== document.chunksSha256) broken.push(`${docId} is not what its hash says`);
      contents.set(docId, (await readChunks(own, document)).map(({ content }) => content).join());
    }
    for (const job of jobs.filter(({ status }) => status === "finished")) {
      finished += 1;
      const result = job.result === undefined ? undefined : await readPayload(own, job.result);
      const { label, pages } = resultSchema.parse(result);
      const said = Array.from({ length: pages }, (_, at) => contents.get(`${label}-${at + 1}`));
      const wrong = said.findIndex((content, at) => content !== contentOf(label, at + 1));
      if (wrong !== -1) broken.push(`${job.id} is finished without page ${wrong + 1} of ${label}`);
    }
  }
  for (const tenantId of new Set(sessions.map(({ session }) => session.tenantId))) {
    const lane = (await store.read("lane", { tenantId, type: readPages.name }))?.value;
    const left = [...(lane?.running ?? []), ...(lane?.waiting ?? [])];
    if (left.length > 0) broken.push(`the lane of ${tenantId} still has ${left.length} jobs`);
  }
  return { broken, finished, failed };
};

/** A job that failed says why: by its own page, or in the engine's words. */
const wrongFailure = ({ id, status, errors }: SessionJob): string[] =>
  status === "failed" && errors.length === 0 ? [`${id} failed without a word`] : [];
