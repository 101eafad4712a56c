import { describe, expect, it } from "vitest";
import { createProviderBody } from "../../../shared/contracts/api/providers.ts";
import { assertFetchableUrl, defaultAllowedPorts } from "../../../shared/net/address-guard.ts";
import { bundledProviders } from "../../../shared/providers/catalog.ts";

const surfaces = bundledProviders.flatMap((provider) => provider.surfaces.map((surface) => ({ provider, surface })));

describe("the bundled catalog", () => {
  it("names every provider and surface once, a surface under its provider", () => {
    const ids = bundledProviders.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(new Set(surfaces.map(({ surface }) => surface.id)).size).toBe(surfaces.length);
    for (const { provider, surface } of surfaces) expect(surface.id.startsWith(`${provider.id}.`)).toBe(true);
  });

  it("holds what the API would take, at public addresses over TLS", () => {
    const policy = { allowedPrivateHosts: new Set<string>(), allowedPorts: defaultAllowedPorts };
    for (const { id, name, docsUrl, surfaces: own } of bundledProviders)
      createProviderBody.parse({
        ...{ id, name, docsUrl },
        surfaces: own.map((one) => ({ id: one.id.slice(id.length + 1), name: one.name, specUrl: one.specUrl })),
      });
    for (const { provider, surface } of surfaces)
      for (const url of [provider.docsUrl, surface.specUrl]) {
        expect(new URL(url).protocol).toBe("https:");
        assertFetchableUrl(url, policy, { field: "specUrl" });
      }
  });

  it("says of each address what speaks for it, and calls verified only those of which documents were read", () => {
    for (const { surface } of surfaces) {
      expect(surface.evidence.length).toBeGreaterThan(40);
      if (surface.verified) expect(surface.evidence).toContain("were read and compared by this project");
    }
    expect(surfaces.filter(({ surface }) => surface.verified).map(({ surface }) => surface.id)).toEqual([
      "discord.http",
      "docusign.esignature",
      "github.rest",
      "stripe.api",
      "twilio.api",
      "xero.accounting",
    ]);
  });
});
