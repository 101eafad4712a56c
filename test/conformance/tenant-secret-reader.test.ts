import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { tenantSecretReader } from "../../shared/aws/tenant-secret-reader.ts";
import { clientOptions, uniqueName } from "./adapter-cloud.ts";
import { newId } from "./samples.ts";

describe("secrets of a tenant in Secrets Manager", () => {
  const client = new SecretsManagerClient(clientOptions);
  const namePrefix = `${uniqueName("secrets")}/`;
  const secrets = tenantSecretReader({ client, namePrefix });

  it("are read by name under the tenant's own prefix, and nowhere else", async () => {
    const [tenantId, stranger] = [newId(), newId()];
    await client.send(new CreateSecretCommand({ Name: `${namePrefix}${tenantId}/payments`, SecretString: "Bearer x" }));
    expect(await secrets.read(tenantId, "payments")).toBe("Bearer x");
    for (const name of ["payments", `../${tenantId}/payments`, `${namePrefix}${tenantId}/payments`, ""])
      expect(await secrets.read(stranger, name)).toBeUndefined();
  });
});
