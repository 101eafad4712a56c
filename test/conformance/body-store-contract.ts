import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type BodyStore, bodyKeys } from "../../shared/snapshots/ports.ts";
import { newId, sha256 } from "./samples.ts";

/** What every store of bodies does. */
export const bodyStoreContract = (name: string, makeStore: () => Promise<BodyStore>): void => {
  describe(`body store: ${name}`, () => {
    let bodies: BodyStore;
    beforeAll(async () => {
      bodies = await makeStore();
    });

    const newKey = (): string => bodyKeys.body(newId(), sha256(newId()));

    it("gives back exactly the bytes: text that compresses, noise that does not, and nothing at all", async () => {
      const text = new TextEncoder().encode('{"openapi":"3.1.0"}'.repeat(50_000));
      for (const bytes of [text, new Uint8Array(randomBytes(50_000)), new Uint8Array()]) {
        const key = newKey();
        await bodies.putOnce(key, bytes, "application/json");
        expect(new Uint8Array((await bodies.get(key)) ?? [1])).toEqual(bytes);
        const head = await bodies.head(key);
        expect(head).toMatchObject({ contentType: "application/json" });
        expect(head?.storedBytes).toBeLessThanOrEqual(bytes.byteLength);
      }
    });

    it("writes a key once, also when many write it at the same time", async () => {
      const key = newKey();
      const first = new TextEncoder().encode("first");
      await bodies.putOnce(key, first, "text/plain");
      await Promise.all(
        Array.from({ length: 10 }, () => bodies.putOnce(key, new TextEncoder().encode("second"), "text/plain")),
      );
      expect(new Uint8Array((await bodies.get(key)) ?? [])).toEqual(first);
    });

    it("says when there is no such key", async () => {
      expect(await bodies.get(newKey())).toBeUndefined();
      expect(await bodies.head(newKey())).toBeUndefined();
    });

    it("signs a URL that names the key", async () => {
      const key = newKey();
      const url = new URL(await bodies.presignGet(key, 60));
      expect(decodeURIComponent(url.pathname)).toContain(key);
    });

    it("signs a URL that takes a declared body under the key", async () => {
      const key = newKey();
      const declared = { bytes: 2, sha256: "0".repeat(64), contentType: "text/plain" };
      const { url, headers } = await bodies.presignPut(key, declared, 60);
      expect(decodeURIComponent(new URL(url).pathname)).toContain(key);
      expect(headers).toMatchObject({ "content-length": "2", "content-type": "text/plain" });
    });
  });
};
