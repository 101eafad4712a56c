import type * as z from "zod";
import { UsageError } from "../errors.ts";

/**
 * What a command was given, as the body or the query of a request.
 * @param names how the command line calls a field, where it calls it otherwise
 * @throws UsageError that names what is wrong
 */
export const readRequest = <Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  names: Readonly<Record<string, string>> = {},
): z.output<Schema> => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.code === "unrecognized_keys" ? issue.keys[0] : issue?.path[0];
  throw new UsageError(`${names[String(field)] ?? String(field)}: ${issue?.message}`);
};
