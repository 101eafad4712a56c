/** A small API in OpenAPI 3.0, as it is served. `paths` and `info` replace those of the first version. */
export const petsDocument = (changes: { version?: string; paths?: Record<string, unknown> } = {}): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      openapi: "3.0.3",
      info: { title: "Pets", version: changes.version ?? "1.0.0" },
      paths: changes.paths ?? petsPaths,
    }),
  );

const ok = (schema: unknown) => ({ "200": { description: "ok", content: { "application/json": { schema } } } });

export const petsPaths = {
  "/pets": { get: { operationId: "listPets", responses: ok({ type: "array", items: { type: "string" } }) } },
  "/pets/{petId}": {
    get: {
      operationId: "getPet",
      parameters: [{ name: "petId", in: "path", required: true, schema: { type: "string" } }],
      responses: ok({ type: "string" }),
    },
  },
};

/** The same API without its second operation. */
export const petsWithoutDetails = (): Uint8Array =>
  petsDocument({ version: "2.0.0", paths: { "/pets": petsPaths["/pets"] } });

/** The JSON of `petsDocument()` in another order. */
export const petsReordered = (): Uint8Array => reordered(petsPaths);

/** Means what `petsDocument()` means, in other words and another order. */
export const petsRewritten = (): Uint8Array =>
  reordered({ ...petsPaths, "/pets": { get: { ...petsPaths["/pets"].get, deprecated: false } } });

const reordered = (paths: object): Uint8Array => {
  const { openapi, info } = JSON.parse(new TextDecoder().decode(petsDocument()));
  const reversed = Object.fromEntries(Object.entries(paths).reverse());
  return new TextEncoder().encode(JSON.stringify({ paths: reversed, info, openapi }, undefined, 2));
};
