import { SQSClient } from "@aws-sdk/client-sqs";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** SQS's client of this process. */
export const sqsClient = once(() => new SQSClient({ maxAttempts, requestHandler: requestHandler(5_000) }));
