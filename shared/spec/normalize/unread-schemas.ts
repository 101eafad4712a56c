import { isJsonObject } from "../json-object.ts";
import type { JsonValue, SchemaId, SchemaNode } from "../model.ts";
import type { NormalizeContext } from "./context.ts";
import { isJsonType } from "./schema-types.ts";
import { fillSchema } from "./schemas.ts";

/**
 * Schemas that are written alike at the same place of the other document, as all that they lead to: their place is all that
 * a comparison needs to know of them. One that it looks into all the same reads itself then.
 */
export type UnreadSchemas = {
  /** Containers that may differ from the other document: none of them is left unread. */
  readonly changed: Set<JsonValue>;
  /** Those that were left unread at first, read by now or not. */
  readonly ids: Set<SchemaId>;
  /** Whether the hashes are set: a schema that is read later gets an identity instead. */
  areHashed: boolean;
};

/** Leaves the reserved schema `id` unread where it may be; `false` where it has to be read. */
export function leaveUnread(context: NormalizeContext, id: SchemaId, value: JsonValue, pointer: string): boolean {
  const { unread, schemas } = context;
  if (unread === undefined || !isJsonObject(value) || unread.changed.has(value)) return false;
  const node: SchemaNode = { pointer, hash: `@${pointer}`, annotationsHash: "" };
  if (isJsonType(value.type) && value.nullable === undefined && value["x-nullable"] === undefined) {
    node.types = [value.type]; // what is asked for most, and needs no reading
  }
  const read = (): void => {
    if (schemas[id] !== proxy) return;
    schemas[id] = node; // as which it is found from now on
    const count = schemas.length;
    fillSchema(context, id, value, pointer);
    if (!unread.areHashed) return;
    for (let added = count; added < schemas.length; added++) {
      const inner = schemas[added];
      if (inner !== undefined && inner.hash === "") inner.hash = `@${pointer} ${added - count}`;
    }
  };
  const proxy = new Proxy(node, {
    get(target, key) {
      if (key !== "pointer" && key !== "hash" && key !== "name" && (key !== "types" || node.types === undefined))
        read();
      return Reflect.get(target, key);
    },
    set: (target, key, written) => Reflect.set(target, key, written),
    has(target, key) {
      read();
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      read();
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(target, key) {
      read();
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
  schemas[id] = proxy;
  unread.ids.add(id);
  return true;
}
