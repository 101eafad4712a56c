import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Reads secrets of the deployment itself by their name, each once a process. */
export const secretReader = (
  client: () => SecretsManagerClient,
): ((secretId: string) => Promise<string | undefined>) => {
  const known = new Map<string, string | undefined>();
  return async (secretId) => {
    if (!known.has(secretId))
      known.set(secretId, (await client().send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString);
    return known.get(secretId);
  };
};
