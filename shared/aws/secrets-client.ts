import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** Secrets Manager's client of this process. */
export const secretsClient = once(
  () => new SecretsManagerClient({ maxAttempts, requestHandler: requestHandler(5_000) }),
);
