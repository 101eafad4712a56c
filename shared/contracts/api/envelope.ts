import * as z from "zod";

/** The codes of the error envelope. */
export const errorCode = z
  .enum([
    "validation_error",
    "unauthorized",
    "forbidden",
    "not_found",
    "conflict",
    "rate_limit_exceeded",
    "internal_error",
  ])
  .meta({ id: "ErrorCode" });

export const errorEnvelope = z
  .object({
    error: z.object({
      code: errorCode,
      message: z.string().meta({ description: "What is wrong and what to do about it, for a person." }),
      field: z
        .string()
        .optional()
        .meta({ description: "Path of the request's field that is wrong.", example: "specUrl" }),
    }),
  })
  .meta({ id: "Error" });

/** `{data}`: the answer about one thing. */
export const dataOf = <T extends z.ZodType>(schema: T) => z.object({ data: schema });

/** `{data, nextCursor?}`: one page of a list. */
export const pageOf = <T extends z.ZodType>(schema: T) =>
  z.object({
    data: z.array(schema),
    nextCursor: z.string().optional().meta({ description: "Pass as `cursor` for the next page; absent on the last." }),
  });

/** Query of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: "Items on a page." }),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: "`nextCursor` of the previous page." }),
});

/** A moment in ISO 8601, UTC. */
export const moment = z.iso.datetime().meta({ example: "2026-03-14T09:26:53.589Z" });

/**
 * The form of every id. Ids become parts of storage keys, so nothing else may reach a store: an id in a path that has
 * another form is simply not found.
 */
export const idPattern = /^[A-Za-z0-9][\w.~-]{0,127}$/;

/** An id in a query or a body. */
export const id = z.string().regex(idPattern, "is not an id").meta({ example: "01JPA5B3M7X1S0Q6Y8Z4T2V9WC" });

export const label = z.string().trim().min(1).max(200);
