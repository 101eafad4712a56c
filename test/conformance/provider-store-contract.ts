import { describe, expect, it } from "vitest";
import { ConflictError } from "../../shared/jobs/errors.ts";
import type { ProviderStore } from "../../shared/providers/ports.ts";
import type { Provider } from "../../shared/providers/provider.ts";
import { newId } from "./samples.ts";

const sampleProvider = (own: Partial<Provider> = {}): Provider => ({
  id: `p-${newId()}`,
  name: "Pets Inc.",
  docsUrl: "https://pets.example.com/docs",
  origin: "operator",
  surfaces: [
    { id: "pets.api", name: "API", specUrl: "https://pets.example.com/o.json", verified: false, evidence: "named" },
  ],
  ...own,
});

/** What every store of the operator's providers does. */
export const providerStoreContract = (name: string, makeStore: () => Promise<ProviderStore>): void => {
  describe(`provider store: ${name}`, () => {
    it("lists what was stored, with every field, by id", async () => {
      const providers = await makeStore();
      const withCadence = sampleProvider({
        surfaces: [
          { id: "b.v2", name: "v2", specUrl: "https://b.example.com/", verified: true, evidence: "", cadence: "1d" },
        ],
      });
      const made = [sampleProvider(), withCadence, sampleProvider()].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const provider of [...made].reverse()) await providers.create(provider);
      const ids = made.map(({ id }) => id);
      expect((await providers.list()).filter(({ id }) => ids.includes(id))).toEqual(made);
    });

    it("stores no second one under the same id", async () => {
      const providers = await makeStore();
      const provider = sampleProvider();
      await providers.create(provider);
      await expect(providers.create({ ...provider, name: "Other" })).rejects.toThrow(ConflictError);
      expect((await providers.list()).filter(({ id }) => id === provider.id)).toEqual([provider]);
    });

    it("removes one, once", async () => {
      const providers = await makeStore();
      const { id } = sampleProvider();
      expect(await providers.remove(id)).toBe(false);
      await providers.create(sampleProvider({ id }));
      expect(await providers.remove(id)).toBe(true);
      expect((await providers.list()).map((one) => one.id)).not.toContain(id);
    });
  });
};
