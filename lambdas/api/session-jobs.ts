import * as z from "zod";
import type { sessionJobRoutes } from "../../shared/contracts/api/session-jobs.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { JobTypeUnknownError } from "../../shared/sessions/errors.ts";
import type { JobType } from "../../shared/sessions/job-types/job-type.ts";
import type { SessionPorts } from "../../shared/sessions/ports.ts";
import { listAllJobs, ownSession } from "../../shared/sessions/session-life.ts";
import { correctResult, startJob } from "../../shared/sessions/start-job.ts";
import { InvalidRequestError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";
import { withoutType, withResult } from "./session-status.ts";

/** What the digester's classes are, as far as one of them is looked up or corrected. */
const classesResult = z.looseObject({ objectClasses: z.array(z.looseObject({ name: z.string() })) });

type Call = { params: { sessionId: string; objectClass?: string }; caller: { tenantId: string } };

/** @throws JobTypeUnknownError */
export const registeredType = (ports: SessionPorts, name: string): JobType => {
  const type = ports.types.get(name);
  if (type === undefined) throw new JobTypeUnknownError(name);
  return type;
};

/** What a schema refuses is the request's fault. */
export const asRequestError = (error: unknown): never => {
  if (!(error instanceof z.ZodError)) throw error;
  const [issue] = error.issues;
  throw new InvalidRequestError(issue?.message ?? "is not valid", issue?.path.map(String).join(".") || undefined);
};

/** The routes of the job types that the wire names: start, status, and the result corrected by hand. */
export const sessionJobHandlers = (ports: SessionPorts): HandlersOf<typeof sessionJobRoutes> => {
  const start = async ({ params, caller }: Call, typeName: string, input: object, skipCache: boolean) => {
    const session = await ownSession(ports, caller.tenantId, params.sessionId);
    const type = registeredType(ports, typeName);
    const { id } = await startJob(ports, session, type, input, skipCache).catch(asRequestError);
    return { status: 200 as const, body: { jobId: id } };
  };

  const status = async ({ params, caller }: Call, typeName: string, jobId: string | undefined, subject?: string) => {
    const session = await ownSession(ports, caller.tenantId, params.sessionId);
    const isAsked = (type: string, about: string | undefined) =>
      type === typeName && (subject === undefined || about === subject);
    const found =
      jobId === undefined
        ? (await listAllJobs(ports.records, session, (job) => isAsked(job.type, job.subject)))[0]
        : await ports.sessions.getJob({ tenantId: caller.tenantId, sessionId: session.id, jobId });
    if (found === undefined || !isAsked(found.type, found.subject))
      return { status: 200 as const, body: { jobId: jobId ?? "", status: "not_found" as const } };
    return { status: 200 as const, body: withoutType(await withResult(ports, found)) };
  };

  const correct = async ({ params, caller }: Call, typeName: string, input: object, result: object) => {
    const session = await ownSession(ports, caller.tenantId, params.sessionId);
    await correctResult(ports, session, registeredType(ports, typeName), input, result).catch(asRequestError);
    return { status: 200 as const, body: { sessionId: session.id, message: "Result updated successfully" } };
  };

  /** The latest finished result of the digester's classes. */
  const latestClasses = async ({ params, caller }: Call) => {
    const session = await ownSession(ports, caller.tenantId, params.sessionId);
    const isWanted = (job: { type: string; status: string }) =>
      job.type === "digester.getObjectClass" && job.status === "finished";
    const [latest] = await listAllJobs(ports.records, session, isWanted);
    const job = latest === undefined ? undefined : await withResult(ports, latest);
    const parsed = classesResult.safeParse(job?.result);
    if (!parsed.success) throw new NotFoundError("object class", params.objectClass ?? "");
    return parsed.data;
  };

  const isNamed = (name: string) => (one: { name: string }) => one.name.toLowerCase() === name.toLowerCase();

  return {
    startDiscovery: ({ body: { skipCache, ...input }, ...call }) =>
      start(call, "discovery.getCandidateLinks", input, skipCache),
    getDiscovery: (call) => status(call, "discovery.getCandidateLinks", call.query.jobId),
    startScrape: ({ body: { skipCache, ...input }, ...call }) =>
      start(call, "scrape.getRelevantDocumentation", input, skipCache),
    getScrape: (call) => status(call, "scrape.getRelevantDocumentation", call.query.jobId),

    startClasses: (call) => start(call, "digester.getObjectClass", {}, call.query.skipCache),
    getClasses: (call) => status(call, "digester.getObjectClass", call.query.jobId),
    correctClasses: (call) => correct(call, "digester.getObjectClass", {}, call.body),

    async getClass(call) {
      const { objectClasses } = await latestClasses(call);
      const found = objectClasses.find(isNamed(call.params.objectClass));
      if (found === undefined) throw new NotFoundError("object class", call.params.objectClass);
      return { status: 200, body: found };
    },
    async correctClass(call) {
      const result = await latestClasses(call);
      const isThis = isNamed(call.params.objectClass);
      if (!result.objectClasses.some(isThis)) throw new NotFoundError("object class", call.params.objectClass);
      const objectClasses = result.objectClasses.map((one) => (isThis(one) ? { ...one, ...call.body } : one));
      return correct(call, "digester.getObjectClass", {}, { ...result, objectClasses });
    },

    startAttributes: (call) => start(call, "digester.getAttributes", aboutClass(call), call.query.skipCache),
    getAttributes: (call) => status(call, "digester.getAttributes", call.query.jobId, call.params.objectClass),
    correctAttributes: (call) => correct(call, "digester.getAttributes", aboutClass(call), call.body),
    startEndpoints: (call) => start(call, "digester.getEndpoints", aboutClass(call), call.query.skipCache),
    getEndpoints: (call) => status(call, "digester.getEndpoints", call.query.jobId, call.params.objectClass),
    correctEndpoints: (call) => correct(call, "digester.getEndpoints", aboutClass(call), call.body),

    startRelations: (call) => start(call, "digester.getRelations", {}, call.query.skipCache),
    getRelations: (call) => status(call, "digester.getRelations", call.query.jobId),
    correctRelations: (call) => correct(call, "digester.getRelations", {}, call.body),
    startMetadata: (call) => start(call, "digester.getMetadata", {}, call.query.skipCache),
    getMetadata: (call) => status(call, "digester.getMetadata", call.query.jobId),
    correctMetadata: (call) => correct(call, "digester.getMetadata", {}, call.body),
    startAuth: (call) => start(call, "digester.getAuth", {}, call.query.skipCache),
    getAuth: (call) => status(call, "digester.getAuth", call.query.jobId),

    startConnector: (call) => start(call, "codegen.generateConnector", {}, call.query.skipCache),
    getConnector: (call) => status(call, "codegen.generateConnector", call.query.jobId),
  };
};

const aboutClass = ({ params }: { params: { objectClass: string } }) => ({ objectClass: params.objectClass });
