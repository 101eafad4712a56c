import { LambdaClient } from "@aws-sdk/client-lambda";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** Lambda's client of this process. */
export const lambdaClient = once(() => new LambdaClient({ maxAttempts, requestHandler: requestHandler(5_000) }));
