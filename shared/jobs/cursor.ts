import { Buffer } from "node:buffer";
import * as z from "zod";
import { InvalidCursorError } from "./errors.ts";

/** Sort keys are printable ASCII without the space and the tilde, which stores use as the ends of a range. */
const cursorContent = z.strictObject({ list: z.string(), after: z.string().regex(/^[!-}]{1,512}$/) });

/**
 * The opaque cursor of a list: the list's name, with the tenant in it, and the sort key of the last item that was given.
 * It is not signed, as it can only name another place in a list that the caller may read anyway.
 */
export const encodeCursor = (list: string, after: string): string =>
  Buffer.from(JSON.stringify({ list, after })).toString("base64url");

/** Name of the list of a dependency's jobs; its sort keys are their ids. */
export const jobList = (tenantId: string, dependencyId: string): string => `jobs/${tenantId}/${dependencyId}`;

/** Name of the list of a tenant's subscriptions, to one provider surface or to all. */
export const subscriptionList = (tenantId: string, surfaceId = "*"): string => `subscriptions/${tenantId}/${surfaceId}`;

/**
 * The sort key in a cursor of `list`; `undefined` when there is no cursor.
 * @throws InvalidCursorError when the cursor is of another list, or none of ours.
 */
export const decodeCursor = (list: string, cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw new InvalidCursorError();
  }
  const parsed = cursorContent.safeParse(content);
  if (!parsed.success || parsed.data.list !== list) throw new InvalidCursorError();
  return parsed.data.after;
};
