import * as z from "zod";
import type { Provider } from "../../providers/provider.ts";
import type { ItemCodec } from "../item-codec.ts";
import { providerKey } from "../keys.ts";

const surface = z.object({
  id: z.string(),
  name: z.string(),
  specUrl: z.string(),
  verified: z.boolean(),
  evidence: z.string(),
  cadence: z.string().optional(),
});

/** The operator's providers, all in one partition. */
export const providerItem: ItemCodec<Provider> = {
  entity: "provider",
  version: 1,
  schema: z.object({
    id: z.string(),
    name: z.string(),
    docsUrl: z.string(),
    origin: z.enum(["catalog", "operator"]),
    surfaces: z.array(surface),
  }),
  content: (provider) => provider,
  place: ({ id }) => providerKey(id),
};
