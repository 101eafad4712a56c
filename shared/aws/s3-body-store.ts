import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { BodyStore } from "../snapshots/ports.ts";
import { ReadAgain, whileContended } from "./contention.ts";

/** Off the event loop, which has leases to renew. */
const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** 7 MB to 531 KB in 40 ms (`6-dependencies.md`). */
const compressionLevel = 3;

const isMissing = (error: unknown): boolean => error instanceof NoSuchKey || error instanceof NotFound;
const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === status;

const codecOf = (contentEncoding: string | undefined): "zstd" | "identity" =>
  contentEncoding === "zstd" ? "zstd" : "identity";

/**
 * Bodies in S3, written once. `Content-Encoding` is the codec: whoever reads through a presigned URL is told by the
 * answer itself (curl and browsers of today undo zstd; others need a decoder, or the API's own route). A body that does
 * not get smaller is stored as it is.
 */
export const s3BodyStore = ({ client, bucketName }: { client: S3Client; bucketName: string }): BodyStore => ({
  async putOnce(key, bytes, contentType) {
    const compressed = await compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: compressionLevel } });
    const isSmaller = compressed.byteLength < bytes.byteLength;
    const command = new PutObjectCommand({
      Bucket: bucketName,
      Key: key,
      Body: isSmaller ? compressed : bytes,
      ContentType: contentType,
      ...(isSmaller ? { ContentEncoding: "zstd" } : {}),
      IfNoneMatch: "*",
    });
    await whileContended(`the body ${key}`, async () => {
      try {
        await client.send(command);
      } catch (error) {
        if (hasStatus(error, 412)) return; // Somebody wrote the same bytes before.
        // A write of the same key is under way (ConditionalRequestConflict).
        throw hasStatus(error, 409) ? new ReadAgain() : error;
      }
    });
  },

  async get(key) {
    try {
      const { Body, ContentEncoding } = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
      const stored = (await Body?.transformToByteArray()) ?? new Uint8Array();
      return codecOf(ContentEncoding) === "zstd" ? await decompress(stored) : stored;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  async head(key) {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket: bucketName, Key: key }));
      return {
        storedBytes: found.ContentLength ?? 0,
        contentType: found.ContentType ?? "application/octet-stream",
        codec: codecOf(found.ContentEncoding),
      };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },

  presignGet: (key, expiresInSeconds) =>
    getSignedUrl(client, new GetObjectCommand({ Bucket: bucketName, Key: key }), { expiresIn: expiresInSeconds }),

  async presignPut(key, { bytes, sha256, contentType }, expiresInSeconds) {
    const checksum = Buffer.from(sha256, "hex").toString("base64");
    const command = new PutObjectCommand({
      Bucket: bucketName,
      Key: key,
      ContentLength: bytes,
      ContentType: contentType,
      ChecksumSHA256: checksum,
    });
    const url = await getSignedUrl(client, command, {
      expiresIn: expiresInSeconds,
      // Signed headers: what differs in length, type or content has another signature, or another sum.
      signableHeaders: new Set(["content-length", "content-type", "host"]),
      unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
    });
    return {
      url,
      headers: { "content-length": String(bytes), "content-type": contentType, "x-amz-checksum-sha256": checksum },
    };
  },
});
