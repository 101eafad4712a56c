import { isJsonObject } from "../json-object.ts";
import type { JsonValue, OperationNode, SchemaId, SchemaNode } from "../model.ts";
import type { ConduitBody, Slice } from "../slice/slice.ts";
import type { NormalizeContext } from "./context.ts";
import { isJsonType } from "./schema-types.ts";
import { fillSchema } from "./schemas.ts";

/**
 * Schemas that are written alike at the same place of the other document, as all that they lead to: their place is all that
 * a comparison needs to know of them. One that it looks into all the same reads itself then.
 */
export type UnreadSchemas = Pick<Slice, "changed" | "alike" | "conduits" | "conduitOperations"> & {
  /** Places of schemas that were read and are written alike in the other document. */
  readonly alikePlaces: Set<string>;
  /** Operations of which only name and labels were read. */
  readonly conduitBodies: Map<OperationNode, ConduitBody[]>;
  /** Those that were left unread at first, read by now or not. */
  readonly ids: Set<SchemaId>;
  /** Whether the hashes are set: a schema that is read later gets an identity instead. */
  areHashed: boolean;
};

/** Leaves the reserved schema `id` unread where it may be; `false` where it has to be read. */
export function leaveUnread(context: NormalizeContext, id: SchemaId, value: JsonValue, pointer: string): boolean {
  const { unread, schemas } = context;
  if (unread === undefined || !isJsonObject(value)) return false;
  if (unread.changed.has(value)) {
    if (unread.alike.has(value)) unread.alikePlaces.add(pointer);
    return false;
  }
  const identity = unread.conduits.get(value) ?? `@${pointer}`;
  const node: SchemaNode = { pointer, hash: identity, annotationsHash: "" };
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
      if (inner !== undefined && inner.hash === "") inner.hash = `${identity} ${added - count}`;
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
