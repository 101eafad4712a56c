import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, it } from "vitest";
import { tenantSecretReader } from "../../shared/aws/tenant-secret-reader.ts";
import { clientOptions, uniqueName } from "./adapter-cloud.ts";
import { newId } from "./samples.ts";
import { secretReaderContract } from "./secret-reader-contract.ts";

const client = new SecretsManagerClient(clientOptions);
const namePrefix = `${uniqueName("secrets")}/`;
const secrets = tenantSecretReader({ client, namePrefix });
const put = async (tenantId: string, name: string, value: string): Promise<void> => {
  await client.send(new CreateSecretCommand({ Name: `${namePrefix}${tenantId}/${name}`, SecretString: value }));
};

secretReaderContract("Secrets Manager", async () => ({ secrets, put }));

it("keeps a stranger from a secret whose whole name he knows", async () => {
  const [tenantId, stranger] = [newId(), newId()];
  await put(tenantId, "payments", "Bearer x");
  expect(await secrets.read(stranger, `${namePrefix}${tenantId}/payments`)).toBeUndefined();
});
