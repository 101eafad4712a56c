import { createCipheriv, createDecipheriv, createHash, hkdfSync } from "node:crypto";
import type { Route } from "../../shared/contracts/api/route.ts";
import type { Principal } from "../../shared/tenants/tenant.ts";
import type { ApiPorts } from "./api-ports.ts";
import { responseOf } from "./error-response.ts";
import { IdempotencyConflictError, IdempotencyInProgressError, InvalidRequestError } from "./errors.ts";
import { type ApiEvent, headerOf, pathOf } from "./request.ts";
import { type ApiResponse, textResponse } from "./response.ts";

/**
 * Runs a POST once for each `Idempotency-Key` and caller: the same request again, within a day, gets the first one's
 * answer with `Idempotency-Replayed: true`. Answers below 500 are kept, refusals of a valid request included.
 *
 * An answer with a secret is kept encrypted under a key that only the caller's own bearer token gives, so the table holds
 * no secret; hence the same key sent with another token of the tenant is another request, and a conflict.
 *
 * @throws InvalidRequestError when the key has not 1 to 255 printable ASCII characters
 * @throws IdempotencyConflictError when the key came with another request
 * @throws IdempotencyInProgressError while its first request still runs
 */
export const runIdempotently = async (
  ports: Pick<ApiPorts, "idempotency" | "clock" | "randomBytes" | "log">,
  event: ApiEvent,
  route: Route,
  caller: Principal,
  run: () => Promise<ApiResponse>,
): Promise<ApiResponse> => {
  const key = headerOf(event, "idempotency-key");
  if (key === undefined || route.method !== "POST") return run();
  if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new InvalidRequestError("must have 1 to 255 printable ASCII characters", "Idempotency-Key");
  }
  const scope = caller.kind === "tenant" ? caller.tenantId : "admin";
  const bearer = headerOf(event, "authorization") ?? "";
  const seal = route.answersSecret ? sealWith(bearer, `${scope}|${key}`) : plain;
  const identity = [route.method, pathOf(event), event.body ?? "", route.answersSecret ? bearer : ""];
  const requestSha256 = createHash("sha256").update(JSON.stringify(identity)).digest("hex");

  const begun = await ports.idempotency.begin(scope, key, requestSha256, ports.clock.nowMs());
  switch (begun.outcome) {
    case "replay":
      return textResponse(
        begun.response.statusCode,
        "application/json; charset=utf-8",
        seal.open(begun.response.body),
        {
          "idempotency-replayed": "true",
        },
      );
    case "inProgress":
      throw new IdempotencyInProgressError(
        "the first request with this Idempotency-Key is still running: try again soon",
      );
    case "mismatch":
      throw new IdempotencyConflictError("this Idempotency-Key came with another request before: choose a new one");
    case "begun":
      break;
  }
  const response = await run().catch(async (error: unknown) => {
    const refusal = responseOf(error, event.requestContext.requestId);
    if (refusal.statusCode < 500) return refusal;
    await ports.idempotency.abandon(scope, key);
    throw error;
  });
  const body = seal.close(response.body, ports.randomBytes(nonceBytes));
  try {
    await ports.idempotency.complete(scope, key, { statusCode: response.statusCode, body });
  } catch (error) {
    // It is done: an error now would make the caller do it again.
    ports.log.error("api.idempotency_not_kept", { requestId: event.requestContext.requestId, error });
  }
  return response;
};

type Seal = { close(text: string, nonce: Uint8Array): string; open(stored: string): string };

const plain: Seal = { close: (text) => text, open: (stored) => stored };

/** Of AES-GCM: NIST SP 800-38D recommends 96 bits, and tags of 128. */
const nonceBytes = 12;
const tagBytes = 16;

const sealWith = (bearer: string, context: string): Seal => {
  const key = Buffer.from(hkdfSync("sha256", bearer, context, "forewarn idempotent answer", 32));
  return {
    close(text, nonce) {
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
      const sealed = [cipher.update(text, "utf8"), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString("base64");
    },
    open(stored) {
      const bytes = Buffer.from(stored, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
      return Buffer.concat(text).toString();
    },
  };
};
