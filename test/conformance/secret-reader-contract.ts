import { describe, expect, it } from "vitest";
import type { SecretReader } from "../../shared/pipeline/fetch-document.ts";
import { newId } from "./samples.ts";

type Secrets = { secrets: SecretReader; put(tenantId: string, name: string, value: string): Promise<void> };

/** What every reader of tenants' secrets keeps to. */
export const secretReaderContract = (adapter: string, makeSecrets: () => Promise<Secrets>): void => {
  describe(`secrets of a tenant, ${adapter}`, () => {
    it("are read by name by their tenant, and by nobody else under any name", async () => {
      const { secrets, put } = await makeSecrets();
      const [tenantId, stranger] = [newId(), newId()];
      await put(tenantId, "payments", "Bearer x");
      expect(await secrets.read(tenantId, "payments")).toBe("Bearer x");
      for (const name of ["payments", `../${tenantId}/payments`, `${tenantId}/payments`, ""])
        expect(await secrets.read(stranger, name)).toBeUndefined();
    });

    it("are undefined where there is none", async () => {
      const { secrets } = await makeSecrets();
      expect(await secrets.read(newId(), "payments")).toBeUndefined();
    });
  });
};
