import type { BodyStore } from "../snapshots/ports.ts";

/** Bodies in memory, not compressed. Its presigned URLs name the body and cannot be fetched. */
export const memoryBodyStore = (): BodyStore => {
  const bodies = new Map<string, { bytes: Uint8Array; contentType: string }>();
  return {
    async putOnce(key, bytes, contentType) {
      if (!bodies.has(key)) bodies.set(key, { bytes: Uint8Array.from(bytes), contentType });
    },
    async get(key) {
      const found = bodies.get(key);
      return found === undefined ? undefined : Uint8Array.from(found.bytes);
    },
    async head(key) {
      const found = bodies.get(key);
      if (found === undefined) return undefined;
      return { storedBytes: found.bytes.byteLength, contentType: found.contentType, codec: "identity" };
    },
    async presignGet(key, expiresInSeconds) {
      return `https://bodies.invalid/${key}?expiresInSeconds=${expiresInSeconds}`;
    },
    async presignPut(key, { bytes, contentType }, expiresInSeconds) {
      const url = `https://bodies.invalid/${key}?expiresInSeconds=${expiresInSeconds}`;
      return { url, headers: { "content-length": String(bytes), "content-type": contentType } };
    },
  };
};
