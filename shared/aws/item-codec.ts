import type * as z from "zod";
import { UnreadableItemError } from "./errors.ts";
import type { Gsi1Key, Gsi2Key, ItemKey } from "./keys.ts";

/** Attributes as DynamoDB gives them back through the document client. */
export type Attributes = Record<string, unknown>;

/** What the table needs of an item beside its content. Absent index keys keep it out of that index. */
export type Placement = ItemKey & Partial<Gsi1Key> & Partial<Gsi2Key> & { expiresAtSeconds?: number };

/**
 * How one entity is stored: the schema of its content as stored (and what is read from it), its content and placement as
 * written. Fields that are `undefined` are not stored.
 */
export type ItemCodec<T> = {
  entity: string;
  /** Of the schema; raised with a migration when stored items of the older one cannot be read any more. */
  version: number;
  schema: z.ZodType<T, unknown>;
  content(value: T): Attributes;
  place(value: T): Placement;
};

/**
 * The entity in an item.
 * @throws UnreadableItemError
 */
export const readItem = <T>(codec: ItemCodec<T>, item: Attributes): T => {
  const parsed = codec.schema.safeParse(item);
  if (parsed.success && item.entity === codec.entity && item.v === codec.version) return parsed.data;
  throw new UnreadableItemError(codec.entity, `${item.PK} ${item.SK}`, parsed.error);
};

/** The whole item, without its revision. Plain JSON values. */
export const writeItem = <T>(codec: ItemCodec<T>, value: T): Attributes & ItemKey =>
  JSON.parse(
    JSON.stringify({ ...codec.content(value), ...codec.place(value), entity: codec.entity, v: codec.version }),
  ) as Attributes & ItemKey;
