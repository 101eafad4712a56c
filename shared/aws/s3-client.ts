import { S3Client } from "@aws-sdk/client-s3";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** S3's client of this process, with time for a body of 60 MB. */
export const s3Client = once(() => new S3Client({ maxAttempts, requestHandler: requestHandler(30_000) }));
