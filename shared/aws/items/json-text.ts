import * as z from "zod";

/**
 * A JSON object stored as text. What comes out of a document can be anything that JSON can be, which DynamoDB's own
 * types are not: numbers beyond 38 digits or 1e126, maps deeper than 32 levels, empty keys.
 */
export const jsonObjectText = z.string().transform((text) => JSON.parse(text) as Record<string, unknown>);
