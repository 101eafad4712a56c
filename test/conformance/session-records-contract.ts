import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { SessionRecordStore } from "../../shared/sessions/records.ts";
import type { Session, SessionJob, StoredDocumentation } from "../../shared/sessions/session.ts";
import { createSessionStore } from "../../shared/sessions/session-store.ts";
import { allPages, eventually } from "./paging.ts";
import { isoAt, startMs } from "./samples.ts";

const sampleSession = (): Session => ({
  id: randomUUID(),
  tenantId: `tenant-${randomUUID()}`,
  createdAt: isoAt(startMs),
  // Stores forget what is past.
  expiresAt: "2999-01-01T00:00:00.000Z",
});

let given = 0;
const jobOf = (session: Session, own: Partial<SessionJob> = {}): SessionJob => ({
  id: `0190f000-0000-7000-8000-${String(++given).padStart(12, "0")}`,
  tenantId: session.tenantId,
  sessionId: session.id,
  type: "fixture.addNumbers",
  status: "queued",
  stage: "processing",
  term: 0,
  input: { sha256: "a", json: "{}" },
  sources: [{ type: "other", jobId: "j" }],
  identity: `identity-${given}`,
  errors: [],
  createdAt: isoAt(startMs),
  updatedAt: isoAt(startMs),
  expiresAt: session.expiresAt,
  ...own,
});

const documentOf = (session: Session, docId: string): StoredDocumentation => ({
  docId,
  tenantId: session.tenantId,
  sessionId: session.id,
  jobId: "j",
  source: "upload",
  chunkCount: 1,
  chunksKey: "k",
  chunksSha256: "s",
  createdAt: isoAt(startMs),
  expiresAt: session.expiresAt,
});

/** What every store of sessions' records does. */
export const sessionRecordsContract = (name: string, makeRecords: () => Promise<SessionRecordStore>): void => {
  describe(`session records: ${name}`, () => {
    let records: SessionRecordStore;
    beforeAll(async () => {
      records = await makeRecords();
    });

    const placeOf = ({ tenantId, id }: Session) => ({ tenantId, sessionId: id });
    const idOf = ({ tenantId, sessionId, id }: SessionJob) => ({ tenantId, sessionId, jobId: id });
    const stored = async (): Promise<Session> => {
      const session = sampleSession();
      expect(await records.commit([{ kind: "session", after: session }])).toBe(true);
      return session;
    };
    const storeOf = (laneWidth: number) =>
      createSessionStore({
        records,
        clock: { sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)) },
        laneWidth,
      });

    it("finds a job by its id alone, for its tenant", async () => {
      const session = await stored();
      const queued = jobOf(session);
      const reused = jobOf(session, { status: "finished" });
      await storeOf(1).enqueue(queued);
      await storeOf(1).addFinished(reused);
      const placeOfJob = async (tenantId: string, jobId: string) =>
        (await records.read("place", { tenantId, jobId }))?.value;
      for (const job of [queued, reused]) {
        expect(await placeOfJob(session.tenantId, job.id)).toEqual({ ...idOf(job), expiresAt: session.expiresAt });
        expect(await placeOfJob("another", job.id)).toBeUndefined();
      }
    });

    it("gives back what was stored, and nothing of another tenant", async () => {
      const session = await stored();
      const job = jobOf(session, { subject: "User", report: { message: "m", completed: 1, total: 2 }, note: "n" });
      await records.commit([{ kind: "job", after: job }]);
      expect([
        (await records.read("session", placeOf(session)))?.value,
        (await records.read("job", idOf(job)))?.value,
        await records.read("session", { tenantId: "another", sessionId: session.id }),
        await records.read("job", { ...idOf(job), tenantId: "another" }),
      ]).toEqual([session, job, undefined, undefined]);
    });

    it("commits all or nothing: what is there is not made again, and what was written since is not overwritten", async () => {
      const session = await stored();
      const job = jobOf(session);
      expect(
        await records.commit([
          { kind: "session", after: session },
          { kind: "job", after: job },
        ]),
      ).toBe(false);
      expect(await records.read("job", idOf(job))).toBeUndefined();
      await records.commit([{ kind: "job", after: job }]);
      const before = await records.read("job", idOf(job));
      expect(await records.commit([{ kind: "job", before, after: { ...job, term: 1 } }])).toBe(true);
      expect(await records.commit([{ kind: "job", before, after: { ...job, term: 2 } }])).toBe(false);
      expect((await records.read("job", idOf(job)))?.value.term).toBe(1);
    });

    it("checks a record without writing it, and deletes one", async () => {
      const session = await stored();
      const before = await records.read("session", placeOf(session));
      const job = jobOf(session);
      const check = { kind: "session" as const, before, ...(before === undefined ? {} : { after: before.value }) };
      expect(await records.commit([check, { kind: "job", after: job }])).toBe(true);
      await records.remove("session", placeOf(session));
      await records.remove("session", placeOf(session));
      expect(await records.commit([check, { kind: "job", after: jobOf(session) }])).toBe(false);
    });

    it("lists a session's jobs newest first, those that are wanted, page by page", async () => {
      const session = await stored();
      const jobs = [jobOf(session), jobOf(session, { type: "other" }), jobOf(session)];
      for (const job of [...jobs, jobOf(await stored())]) await records.commit([{ kind: "job", after: job }]);
      const idsOf = async (accepts?: (job: SessionJob) => boolean) =>
        (await allPages((page) => records.listJobs(placeOf(session), page, accepts), 1)).map(({ id }) => id);
      expect([await idsOf(), await idsOf(({ type }) => type === "other")]).toEqual([
        [jobs[2]?.id, jobs[1]?.id, jobs[0]?.id],
        [jobs[1]?.id],
      ]);
    });

    it("lists unfinished jobs of all tenants, oldest first, and none that is over", async () => {
      const jobs = [jobOf(await stored()), jobOf(await stored(), { status: "running" })];
      const over = jobOf(await stored(), { status: "finished", finishedAt: isoAt(startMs) });
      for (const job of [...jobs, over]) await records.commit([{ kind: "job", after: job }]);
      const wanted = new Set([...jobs, over].map(({ id }) => id));
      await eventually(async () => {
        const found = await allPages((page) => records.listUnfinished(page), 100);
        expect(found.map(({ id }) => id).filter((id) => wanted.has(id))).toEqual(jobs.map(({ id }) => id));
      });
    });

    it("lists documentation in the order of its ids", async () => {
      const session = await stored();
      const documents = ["b", "a", "c"].map((docId) => documentOf(session, docId));
      for (const document of documents) await records.commit([{ kind: "documentation", after: document }]);
      const found = await allPages((page) => records.listDocumentation(placeOf(session), page), 2);
      expect(found.map(({ docId }) => docId)).toEqual(["a", "b", "c"]);
    });

    it("lets twenty jobs into a lane at once, in one order, never more than fit", async () => {
      const session = await stored();
      const sessions = storeOf(3);
      const jobs = Array.from({ length: 20 }, () => jobOf(session));
      const entered = await Promise.all(jobs.map((job) => sessions.enqueue(job)));
      const lane = await records.read("lane", { tenantId: session.tenantId, type: "fixture.addNumbers" });
      expect([
        entered.flatMap(({ admitted }) => admitted).length,
        lane?.value.running.length,
        new Set([...(lane?.value.running ?? []), ...(lane?.value.waiting ?? [])].map(({ jobId }) => jobId)).size,
      ]).toEqual([3, 3, 20]);
    });

    it("gives the job to one of two claimants, and lets the other have it when the lease is over", async () => {
      const session = await stored();
      const sessions = storeOf(1);
      const job = jobOf(session);
      await sessions.enqueue(job);
      const claim = (owner: string, nowMs: number) =>
        sessions.claim(idOf(job), { owner, nowMs, durationMs: 30_000, taskToken: `token of ${owner}` });
      const claims = await Promise.all([claim("a", startMs), claim("b", startMs)]);
      const winner = claims.find(({ claimed }) => claimed);
      const later = await claim("c", startMs + 30_000);
      if (!winner?.claimed || !later.claimed) throw new Error("nobody could claim");
      await expect(sessions.renew(winner.lease, startMs, 30_000)).rejects.toMatchObject({ name: "LeaseLostError" });
      const end = { status: "finished", result: { sha256: "r", json: "1" } } as const;
      const finished = await sessions.finish(later.lease, end, startMs + 31_000);
      const again = await sessions.finish(later.lease, end, startMs + 31_000);
      expect([claims.filter(({ claimed }) => claimed).length, finished.job?.status, again.job?.status]).toEqual([
        1,
        "finished",
        "finished",
      ]);
    });
  });
};
