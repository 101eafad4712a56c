import { LambdaClient } from "@aws-sdk/client-lambda";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** Lambda's client of this process. */
export const lambdaClient = once(() => new LambdaClient({ maxAttempts, requestHandler: requestHandler(5_000) }));

/** As long as Lambda's longest call; whoever calls has a signal of its own. */
const longestCallMs = 900_000;

/** For calls that take long: none is sent twice. */
export const patientLambdaClient = once(
  () => new LambdaClient({ maxAttempts: 1, requestHandler: requestHandler(longestCallMs) }),
);
