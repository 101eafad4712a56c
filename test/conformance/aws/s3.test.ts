import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorNameOf, s3, uniqueName } from "./target.ts";

const Bucket = uniqueName("bucket");
const put = (Key: string, Body: string, IfNoneMatch?: string) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "application/json", IfNoneMatch }));

beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket }));
  await Promise.all((Contents ?? []).map(({ Key }) => s3.send(new DeleteObjectCommand({ Bucket, Key }))));
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

describe.concurrent("S3", () => {
  it("writes an object once with If-None-Match: *, and answers 412 to the second writer", async () => {
    await put("once", "first", "*");
    await expect(put("once", "second", "*")).rejects.toMatchObject({
      name: "PreconditionFailed",
      $metadata: { httpStatusCode: 412 },
    });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "once" }));
    expect(await Body?.transformToString()).toBe("first");
  });

  it("lets one of many writers of a new key through", async () => {
    const names = await Promise.all(Array.from({ length: 8 }, (_, i) => errorNameOf(put("race", `${i}`, "*"))));
    expect(names.filter((name) => name === "none")).toHaveLength(1);
    const refused = names.filter((name) => name !== "none");
    // AWS answers 409 to a writer that meets another one in the act
    expect(refused.every((name) => ["PreconditionFailed", "ConditionalRequestConflict"].includes(name))).toBe(true);
  });

  it("gives an object to whoever holds a presigned URL, and refuses the URL with another key", async () => {
    await put("signed", '{"a":1}');
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "signed" }), { expiresIn: 60 });
    const response = await fetch(url);
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "application/json",
      '{"a":1}',
    ]);
  });

  it("names a key that is not there NoSuchKey, and answers HEAD with 404", async () => {
    expect(await errorNameOf(s3.send(new GetObjectCommand({ Bucket, Key: "nope" })))).toBe("NoSuchKey");
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "nope" }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("keeps bytes, content encoding and user metadata", async () => {
    const Body = Uint8Array.from({ length: 256 }, (_, i) => i);
    const Metadata = { codec: "zstd" };
    await s3.send(new PutObjectCommand({ Bucket, Key: "bytes", Body, ContentEncoding: "zstd", Metadata }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "bytes" }));
    expect([await got.Body?.transformToByteArray(), got.ContentEncoding, got.Metadata]).toEqual([
      Body,
      "zstd",
      Metadata,
    ]);
  });
});
