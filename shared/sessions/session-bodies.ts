import { createHash } from "node:crypto";
import type { BodyStore } from "../snapshots/ports.ts";
import { PayloadTooLargeError } from "./errors.ts";
import type { JobBodies } from "./job-types/job-type.ts";
import type { Payload } from "./session.ts";

/** Of JSON that a job says, reads or answers; what is larger is a body of its own. */
export const maxPayloadBytes = 256 * 1024;

/** JSON up to here is on the job's item: a save of it costs less than a write to the body store. */
const inlineBytes = 4 * 1024;

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const folderOf = (tenantId: string): string => `sessions/${tenantId}/`;

/** Where a body of `owner` is: `sha256` of its bytes, in hexadecimal. */
export const sessionBodyKey = (tenantId: string, owner: string, sha256: string): string =>
  `${folderOf(tenantId)}${owner}/${sha256}`;

/** Whose the files are that were uploaded into a session. */
export const uploadsOwner = (sessionId: string): string => `uploads-${sessionId}`;

/**
 * Bodies that `owner` (a job, or an upload) of a tenant's session stores. They are not in the tenant's folder: the
 * bucket forgets everything under `sessions/` by its age. The same bytes of another owner are another object, which is
 * forgotten later.
 */
export const sessionBodies = (bodies: BodyStore, tenantId: string, owner: string): JobBodies => ({
  async put(bytes, contentType) {
    const key = sessionBodyKey(tenantId, owner, sha256Of(bytes));
    await bodies.putOnce(key, bytes, contentType);
    return key;
  },
  get: async (key) => (key.startsWith(folderOf(tenantId)) ? bodies.get(key) : undefined),
});

/**
 * JSON of a job in the form in which it is stored.
 * @param what it is, for the error
 * @throws PayloadTooLargeError
 */
export const writePayload = async (bodies: JobBodies, what: string, value: unknown): Promise<Payload> => {
  const json = JSON.stringify(value);
  const bytes = Buffer.from(json);
  if (bytes.byteLength > maxPayloadBytes) throw new PayloadTooLargeError(what, bytes.byteLength, maxPayloadBytes);
  const sha256 = sha256Of(bytes);
  if (bytes.byteLength <= inlineBytes) return { sha256, json };
  return { sha256, key: await bodies.put(bytes, "application/json") };
};

/** The JSON value; `undefined` when its body is gone. */
export const readPayload = async (bodies: Pick<JobBodies, "get">, payload: Payload): Promise<unknown> => {
  if ("json" in payload) return JSON.parse(payload.json);
  const bytes = await bodies.get(payload.key);
  return bytes === undefined ? undefined : JSON.parse(Buffer.from(bytes).toString("utf8"));
};
