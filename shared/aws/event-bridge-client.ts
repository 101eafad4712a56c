import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { once, requestHandler } from "./client-options.ts";

/** EventBridge's client of this process. It tries once: the retry schedule of deliveries tries again. */
export const eventBridgeClient = once(
  () => new EventBridgeClient({ maxAttempts: 1, requestHandler: requestHandler(10_000) }),
);
