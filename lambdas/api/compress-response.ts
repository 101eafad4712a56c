import { gzipSync } from "node:zlib";
import Negotiator from "negotiator";
import { AnswerTooLargeError } from "./errors.ts";
import type { ApiResponse } from "./response.ts";

/** From here on a body is worth the milliseconds. */
const compressedFromCharacters = 100_000;
/** Lambda answers with 6 MiB of JSON at most; the rest of it is headers. */
const maxAnswerBytes = 6 * 1024 * 1024 - 10_000;

/**
 * A long answer, compressed where the caller takes gzip.
 * @throws AnswerTooLargeError for what Lambda could not hand over
 */
export const compressed = (response: ApiResponse, acceptEncoding: string | undefined): ApiResponse => {
  const { body, headers, isBase64Encoded } = response;
  if (body.length < compressedFromCharacters) return response;
  const takesGzip =
    acceptEncoding !== undefined &&
    new Negotiator({ headers: { "accept-encoding": acceptEncoding } }).encodings(["gzip"]).length > 0;
  if (!takesGzip) {
    const answerBytes = isBase64Encoded ? body.length : Buffer.byteLength(JSON.stringify(body));
    if (answerBytes > maxAnswerBytes) throw new AnswerTooLargeError(answerBytes, false);
    return response;
  }
  const bytes = gzipSync(Buffer.from(body, isBase64Encoded ? "base64" : "utf8"));
  const text = bytes.toString("base64");
  if (text.length > maxAnswerBytes) throw new AnswerTooLargeError(text.length, true);
  return {
    ...response,
    headers: { ...headers, "content-encoding": "gzip", vary: "Accept-Encoding" },
    body: text,
    isBase64Encoded: true,
  };
};
