const pet = { type: "object", required: ["id"], properties: { id: { type: "integer" }, name: { type: "string" } } };

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });

const listPets = (parameters: unknown[]) => ({
  operationId: "listPets",
  parameters,
  responses: {
    "200": { description: "pets", ...json({ type: "array", items: { $ref: "#/components/schemas/Pet" } }) },
  },
});

const getPet = {
  operationId: "getPet",
  parameters: [{ name: "petId", in: "path", required: true, schema: { type: "integer" } }],
  responses: { "200": { description: "a pet", ...json({ $ref: "#/components/schemas/Pet" }) } },
};

const document = (version: string, paths: unknown, schema: unknown) =>
  JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Pets", version },
    paths,
    components: { schemas: { Pet: schema } },
  });

/** Two versions of a small API: three edits that break clients in two causes and more. */
export const petDocuments = {
  before: document(
    "1.0.0",
    {
      "/pets": { get: listPets([]) },
      "/pets/{petId}": { get: getPet, delete: { responses: { "204": { description: "gone" } } } },
    },
    pet,
  ),
  after: document(
    "2.0.0",
    {
      "/pets": { get: listPets([{ name: "shelter", in: "query", required: true, schema: { type: "string" } }]) },
      "/pets/{petId}": { get: getPet },
    },
    { ...pet, properties: { id: { type: "integer" } } },
  ),
};
