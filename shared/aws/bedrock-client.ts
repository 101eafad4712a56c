import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** Bedrock's client of this process. A call of one text takes well under a second. */
export const bedrockClient = once(
  () => new BedrockRuntimeClient({ maxAttempts, requestHandler: requestHandler(30_000) }),
);
