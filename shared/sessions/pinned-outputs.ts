import type * as z from "zod";
import { UndeclaredReadError } from "./errors.ts";
import type { JobBodies, JobType } from "./job-types/job-type.ts";
import type { SessionOutput, SessionOutputs } from "./outputs.ts";
import type { JobSource, SessionJob } from "./session.ts";
import { readPayload } from "./session-bodies.ts";
import type { SessionStore } from "./session-store.ts";

/** The results that a job was pinned to when it was created. */
export const pinnedOutputs = (
  ports: { sessions: Pick<SessionStore, "getJob">; bodies: Pick<JobBodies, "get"> },
  type: JobType,
  job: SessionJob,
): SessionOutputs => {
  const read = async <Result>(source: JobSource, schema: z.ZodType<Result>) => {
    const { tenantId, sessionId } = job;
    const found = await ports.sessions.getJob({ tenantId, sessionId, jobId: source.jobId });
    if (found?.result === undefined) return undefined;
    const { jobId, subject } = source;
    const result = schema.parse(await readPayload(ports.bodies, found.result));
    return { jobId, ...(subject === undefined ? {} : { subject }), result } satisfies SessionOutput<Result>;
  };
  const sourcesOf = (name: string): JobSource[] => {
    if (!type.reads.jobTypes.includes(name)) throw new UndeclaredReadError(type.name, name);
    return job.sources.filter((source) => source.type === name);
  };
  return {
    async latest({ name, result }, subject) {
      const source = sourcesOf(name).find((one) => subject === undefined || one.subject === subject);
      return source === undefined ? undefined : read(source, result);
    },
    async all({ name, result }) {
      const outputs = await Promise.all(sourcesOf(name).map((source) => read(source, result)));
      return outputs.filter((output) => output !== undefined);
    },
  };
};
