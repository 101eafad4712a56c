import * as z from "zod";

/** A message of the embed queue. Without a snapshot it goes on with what the dependency has. */
export const embedMessage = z.strictObject({
  tenantId: z.string().min(1),
  dependencyId: z.string().min(1),
  snapshotId: z.string().min(1).optional(),
});
