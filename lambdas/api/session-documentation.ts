import { createHash } from "node:crypto";
import { v5 as uuidOfName } from "uuid";
import type { UploadedFile } from "../../shared/contracts/api/route.ts";
import type { sessionDocumentationRoutes } from "../../shared/contracts/api/session-documentation.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import type { SessionPorts } from "../../shared/sessions/ports.ts";
import type { Session, StoredDocumentation } from "../../shared/sessions/session.ts";
import { isOver } from "../../shared/sessions/session.ts";
import { sessionBodies, sessionBodyKey, uploadsOwner } from "../../shared/sessions/session-bodies.ts";
import { deleteDocumentation, listAllJobs, ownSession } from "../../shared/sessions/session-life.ts";
import { listDocumentation, readChunks } from "../../shared/sessions/session-shelf.ts";
import { startJob } from "../../shared/sessions/start-job.ts";
import type { HandlersOf } from "./route-handler.ts";
import { asRequestError, registeredType } from "./session-jobs.ts";
import { toWireJob } from "./session-status.ts";

const uploadType = "documentation.processUpload";

/** For which a URL takes a large file. */
const uploadExpiresInSeconds = 900;

/** Below Lambda's 6 MB, with room for the headers and for JSON's escapes. */
const maxAnswerBytes = 5_000_000;

type Call = { params: { sessionId: string }; caller: { tenantId: string } };
type StoredFile = { fileName: string; contentType: string; bodyKey: string; bodySha256: string };
type UploadCall = Call & { body: UploadedFile; query: { skipCache: boolean } };

/** Documentation of a session: uploads, which a job processes, and what came of them and of scrapes. */
export const sessionDocumentationHandlers = (ports: SessionPorts): HandlersOf<typeof sessionDocumentationRoutes> => {
  const own = ({ params, caller }: Call) => ownSession(ports, caller.tenantId, params.sessionId);

  const processFile = async (session: Session, file: StoredFile, skipCache: boolean, chosenId: string | undefined) => {
    const type = registeredType(ports, uploadType);
    // By the content, so that the same file again is the same document.
    const documentationId = chosenId ?? uuidOfName(file.bodySha256, session.id);
    const { id } = await startJob(ports, session, type, { ...file, documentationId }, skipCache).catch(asRequestError);
    const message = "Documentation is being processed";
    return { status: 200 as const, body: { jobId: id, documentationId, message } };
  };

  const upload = async (
    session: Session,
    { body: { fileName, contentType, bytes }, query }: UploadCall,
    chosenId?: string,
  ) => {
    registeredType(ports, uploadType);
    const bodySha256 = createHash("sha256").update(bytes).digest("hex");
    const bodies = sessionBodies(ports.bodies, session.tenantId, uploadsOwner(session.id));
    const bodyKey = await bodies.put(bytes, contentType || "application/octet-stream");
    return processFile(session, { fileName, contentType, bodyKey, bodySha256 }, query.skipCache, chosenId);
  };

  const uploadKey = (session: Session, sha256: string): string =>
    sessionBodyKey(session.tenantId, uploadsOwner(session.id), sha256);

  const ownDocument = async (session: Session, docId: string): Promise<StoredDocumentation | undefined> =>
    (await ports.records.read("documentation", { tenantId: session.tenantId, sessionId: session.id, docId }))?.value;

  const chunksOf = async (document: StoredDocumentation) => ({
    docId: document.docId,
    chunks: await readChunks(sessionBodies(ports.bodies, document.tenantId, document.jobId), document),
  });

  const uploadsOf = (session: Session, docId?: string) =>
    listAllJobs(
      ports.records,
      session,
      (job) => job.type === uploadType && (docId === undefined || job.subject === docId),
    );

  return {
    addDocumentation: async (call) => upload(await own(call), call),
    async replaceDocumentation(call) {
      const session = await own(call);
      registeredType(ports, uploadType);
      await deleteDocumentation(ports, session);
      return upload(session, call);
    },
    addDocumentationWithId: async (call) => upload(await own(call), call, call.params.documentationId),
    replaceDocumentationWithId: async (call) => upload(await own(call), call, call.params.documentationId),

    async beginLargeUpload(call) {
      const session = await own(call);
      registeredType(ports, uploadType);
      const key = uploadKey(session, call.body.sha256);
      const { url, headers } = await ports.bodies.presignPut(key, call.body, uploadExpiresInSeconds);
      const expiresAt = new Date(ports.clock.nowMs() + uploadExpiresInSeconds * 1_000).toISOString();
      return { status: 201, body: { uploadUrl: url, headers, expiresAt } };
    },

    async finishLargeUpload(call) {
      const session = await own(call);
      const { documentationId, ...about } = call.body;
      const bodySha256 = call.params.sha256.toLowerCase();
      const bodyKey = uploadKey(session, bodySha256);
      if (!/^[0-9a-f]{64}$/.test(bodySha256) || (await ports.bodies.head(bodyKey)) === undefined)
        throw new ConflictError("the file is not there yet: PUT it to its uploadUrl first");
      return processFile(session, { ...about, bodyKey, bodySha256 }, call.query.skipCache, documentationId);
    },

    async listDocumentation(call) {
      const session = await own(call);
      const page = await ports.records.listDocumentation(
        { tenantId: session.tenantId, sessionId: session.id },
        call.query,
      );
      const documents = [];
      let bytes = 0;
      let cursor = page.nextCursor;
      for (const [index, stored] of page.items.entries()) {
        const document = await chunksOf(stored);
        bytes += Buffer.byteLength(JSON.stringify(document));
        if (bytes > maxAnswerBytes && documents.length > 0) {
          const before = { limit: index, cursor: call.query.cursor };
          const place = { tenantId: session.tenantId, sessionId: session.id };
          cursor = (await ports.records.listDocumentation(place, before)).nextCursor;
          break;
        }
        documents.push(document);
      }
      const body = documents;
      return cursor === undefined ? { status: 200, body } : { status: 200, body, headers: { "x-next-cursor": cursor } };
    },

    async deleteAllDocumentation(call) {
      const session = await own(call);
      await deleteDocumentation(ports, session);
      return { status: 200, body: { sessionId: session.id, message: "Documentation deleted successfully" } };
    },

    async getDocumentationStatus(call) {
      const session = await own(call);
      const place = { tenantId: session.tenantId, sessionId: session.id };
      const documents = await listDocumentation(ports.records, place);
      const jobs = await uploadsOf(session);
      const inWork = jobs.some((job) => !isOver(job));
      const isFailed = jobs[0]?.status === "failed" || jobs[0]?.status === "cancelled";
      const settled = isFailed ? "failed" : documents.length === 0 ? "empty" : "ready";
      return {
        status: 200,
        body: {
          sessionId: session.id,
          status: inWork ? "processing" : settled,
          documentCount: documents.length,
          chunkCount: documents.reduce((sum, { chunkCount }) => sum + chunkCount, 0),
          jobs: jobs.map((job) => ({
            jobId: job.id,
            ...(job.subject === undefined ? {} : { documentationId: job.subject }),
            status: toWireJob(job, undefined).status,
          })),
        },
      };
    },

    async getDocumentation(call) {
      const { documentationId } = call.params;
      const document = await ownDocument(await own(call), documentationId);
      if (document === undefined) throw new NotFoundError("documentation", documentationId);
      return { status: 200, body: await chunksOf(document) };
    },

    async headDocumentation(call) {
      const session = await own(call);
      const { documentationId } = call.params;
      const inWork = (await uploadsOf(session, documentationId)).some((job) => !isOver(job));
      if (inWork) return { status: 202, body: undefined };
      if ((await ownDocument(session, documentationId)) === undefined)
        throw new NotFoundError("documentation", documentationId);
      return { status: 204, body: undefined };
    },

    async deleteDocumentation(call) {
      const session = await own(call);
      const { documentationId } = call.params;
      if ((await ownDocument(session, documentationId)) === undefined)
        throw new NotFoundError("documentation", documentationId);
      await deleteDocumentation(ports, session, [documentationId]);
      return { status: 200, body: { sessionId: session.id, message: "Documentation deleted successfully" } };
    },
  };
};
