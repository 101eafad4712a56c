import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { UnexpectedError } from "../jobs/errors.ts";

/**
 * Reads the bootstrap admin key as Secrets Manager has it now.
 * @throws UnexpectedError when the secret has no text
 */
export const adminKeyReader =
  ({ client, secretArn }: { client: SecretsManagerClient; secretArn: string }) =>
  async (): Promise<string> => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    if (!SecretString) throw new UnexpectedError("the admin key's secret is empty: give it a value in Secrets Manager");
    return SecretString;
  };
