import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";
import { BodyTooLargeError, TruncatedBodyError, UnreadableBodyError } from "./errors.ts";
import { errorCodeOf } from "./transport-failure.ts";

/** What we ask for. `deflate` is decoded but not asked for: servers disagree on what it means. */
export const acceptEncoding = "zstd, br, gzip";

/** Real servers use one coding and a proxy may add another; more is an attack on the decoder. */
const maxCodings = 2;

type Bytes = AsyncIterable<Buffer>;

const decoders: Record<string, (firstByte: number) => Transform> = {
  gzip: () => createGunzip(),
  "x-gzip": () => createGunzip(),
  // RFC 9110 means zlib's format by "deflate"; some servers send the bare stream, whose first byte differs.
  deflate: (firstByte) => ((firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
};

/**
 * Reads a body to its end, decompressed, counting decoded bytes as they stream so that a compressed bomb stops at the
 * limit and not in memory.
 *
 * @param contentEncoding the header of that name
 * @param url the address for messages
 * @throws BodyTooLargeError as soon as more than `maxBodyBytes` decoded bytes have come
 * @throws UnreadableBodyError when the coding is unknown or the data is not in it
 * @throws TruncatedBodyError when the compressed data ends early
 * @throws whatever `body` itself fails with
 */
export async function readDecodedBody(
  body: Bytes,
  contentEncoding: string | undefined,
  maxBodyBytes: number,
  url: string,
): Promise<Uint8Array> {
  const codings = parseCodings(contentEncoding);
  const unknown = codings.find((coding) => decoders[coding] === undefined);
  if (unknown !== undefined || codings.length > maxCodings) {
    throw new UnreadableBodyError(`${url} is compressed in a way that is not read: ${codings.join(", ")}.`);
  }
  const decoded = codings.reduceRight(decode, body);
  const chunks: Buffer[] = [];
  let decodedBytes = 0;
  try {
    for await (const chunk of decoded) {
      decodedBytes += chunk.length;
      if (decodedBytes > maxBodyBytes) throw new BodyTooLargeError(url, maxBodyBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    throw describeDecodeFailure(error, codings, url);
  }
  return Buffer.concat(chunks, decodedBytes);
}

/** The codings of a `Content-Encoding` header in the order in which they were applied. */
const parseCodings = (header: string | undefined): string[] =>
  (header ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");

async function* decode(source: Bytes, coding: string): Bytes {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  // An empty body is empty in every coding; decoders would call it cut off.
  if (first.done) return;
  const decoder = decoders[coding]?.(first.value[0] ?? 0);
  if (decoder === undefined) return;
  const rest = { [Symbol.asyncIterator]: () => chunks };
  async function* input() {
    yield first.value;
    yield* rest;
  }
  const fed = pipeline(input, decoder);
  // Reading `decoder` reports the same failure; this only keeps it from being unhandled when the reader stops early.
  fed.catch(() => undefined);
  yield* decoder;
  await fed;
}

function describeDecodeFailure(error: unknown, codings: string[], url: string): unknown {
  const code = errorCodeOf(error);
  if (code === "Z_BUF_ERROR") return new TruncatedBodyError(url, "the compressed data ends early", error);
  // zlib, Brotli and Zstandard each have their own prefix.
  if (/^(Z_|ERR__ERROR_|ERR_BROTLI_|ZSTD_)/.test(code)) {
    return new UnreadableBodyError(`${url} says that its body is ${codings.join(", ")}, but it does not decompress.`, {
      cause: error,
    });
  }
  return error;
}
