import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SecretReader } from "../pipeline/fetch-document.ts";

/**
 * What Secrets Manager answers when a person named a secret that is not theirs to use: absent, not readable, being
 * deleted, encrypted with a key that the function may not use, or not a name at all.
 */
const unusable = new Set([
  "ResourceNotFoundException",
  "AccessDeniedException",
  "InvalidRequestException",
  "InvalidParameterException",
  "DecryptionFailure",
]);

/**
 * Reads secrets named `<namePrefix><tenantId>/<secretName>`: whatever the name, it stays under the tenant's own prefix.
 * A secret is its text; binary ones count as absent.
 */
export const tenantSecretReader = (options: { client: SecretsManagerClient; namePrefix: string }): SecretReader => ({
  async read(tenantId, secretName) {
    const { client, namePrefix } = options;
    try {
      const SecretId = `${namePrefix}${tenantId}/${secretName}`;
      return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
    } catch (error) {
      if (error instanceof Error && unusable.has(error.name)) return undefined;
      throw error;
    }
  },
});
