import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { localCredentials, localRegion } from "./deployment.ts";
import { LocalCommandError } from "./errors.ts";

export type LocalTenant = { tenantId: string; apiKey: string };

const createdTenant = z.object({
  data: z.object({ tenant: z.object({ id: z.string() }), apiKey: z.object({ secret: z.string() }) }),
});

/** The key that may create tenants, as the deployment put it into Secrets Manager. */
export async function readAdminKey(endpoint: string, secretArn: string): Promise<string> {
  const client = new SecretsManagerClient({ endpoint, region: localRegion, credentials: localCredentials });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  client.destroy();
  if (!SecretString) throw new LocalCommandError(`The secret ${secretArn} is empty; run: npm run local:reset`);
  return SecretString;
}

/**
 * Creates a tenant through the app's own API.
 * @throws LocalCommandError when the API answers anything but 201.
 */
export async function createTenant(apiUrl: string, adminKey: string, name: string): Promise<LocalTenant> {
  const response = await fetch(`${apiUrl}/api/tenants`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (response.status !== 201) {
    throw new LocalCommandError(
      `Creating the tenant ${name} failed: POST /api/tenants gave ${response.status} ${text}`,
    );
  }
  const { tenant, apiKey } = createdTenant.parse(JSON.parse(text)).data;
  return { tenantId: tenant.id, apiKey: apiKey.secret };
}
