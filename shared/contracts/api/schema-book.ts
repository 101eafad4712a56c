import * as z from "zod";

export type JsonSchema = { [keyword: string]: unknown };

/** Collects the schemas of an OpenAPI document; those with an id become its components. */
export type SchemaBook = {
  /** The schema as a client may send it: what has a default may be left out. */
  input(schema: z.ZodType): JsonSchema;
  /** The schema as the API answers with it: no field besides those that it names. */
  output(schema: z.ZodType): JsonSchema;
  /** The document with its schemas written out and the components filled in. */
  settle<Document extends { components: { schemas: Record<string, JsonSchema> } }>(document: Document): Document;
};

/**
 * Converts all schemas of a direction in one go, once they are known, which finds every shared one once. Until then a
 * schema is an empty object that `settle` fills.
 */
export const createSchemaBook = (): SchemaBook => {
  const collected = { input: new Map<z.ZodType, JsonSchema>(), output: new Map<z.ZodType, JsonSchema>() };

  const place = (direction: "input" | "output") => (schema: z.ZodType) => {
    const known = collected[direction].get(schema) ?? {};
    collected[direction].set(schema, known);
    return known;
  };

  const convert = (direction: "input" | "output"): Record<string, JsonSchema> => {
    const places = [...collected[direction]];
    const all = z.object(Object.fromEntries(places.map(([schema], index) => [String(index), schema])));
    const { properties = {}, $defs = {} } = z.toJSONSchema(all, {
      io: direction,
      override: ({ jsonSchema }) => {
        delete jsonSchema.id;
      },
    });
    for (const [index, [, into]] of places.entries()) Object.assign(into, properties[index]);
    return Object.fromEntries(Object.entries($defs).map(([name, schema]) => [name, { ...schema }]));
  };

  return {
    input: place("input"),
    output: place("output"),
    settle(document) {
      const schemas = { ...convert("input"), ...convert("output") };
      const settled = { ...document, components: { ...document.components, schemas } };
      const text = JSON.stringify(settled).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
      return JSON.parse(text);
    },
  };
};
