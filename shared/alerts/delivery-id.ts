import { createHash } from "node:crypto";

/** The id of the delivery about this: the same whoever plans it, and however often. */
export const deliveryIdOf = (...identity: string[]): string =>
  `dlv_${createHash("sha256").update(identity.join("|")).digest("hex").slice(0, 32)}`;
