import { SFNClient } from "@aws-sdk/client-sfn";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** Step Functions' client of this process. */
export const sfnClient = once(() => new SFNClient({ maxAttempts, requestHandler: requestHandler(5_000) }));
