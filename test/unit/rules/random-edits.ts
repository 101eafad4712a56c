import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";

/** Numbers in [0, 1) that are the same in every run with one seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Spot = { holder: JsonObject; key: string; depth: number };
type Edit = (document: JsonObject, pick: <T>(from: readonly T[]) => T | undefined) => void;

function spotsOf(document: JsonObject, accepts: (value: JsonValue, key: string) => boolean): Spot[] {
  const spots: Spot[] = [];
  const visit = (value: JsonValue, depth: number): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (isJsonObject(value) && depth > 0 && accepts(member, key)) spots.push({ holder: value, key, depth });
      visit(member, depth + 1);
    }
  };
  visit(document, 0);
  return spots;
}

const copy = (value: JsonValue | undefined): JsonValue => JSON.parse(JSON.stringify(value ?? null));
const isReference = (value: JsonValue): boolean => isJsonObject(value) && typeof value.$ref === "string";
const isSchema = (value: JsonValue): boolean =>
  isJsonObject(value) && (typeof value.type === "string" || isReference(value));
const schemasOf = (document: JsonObject): JsonObject => {
  const holder = isJsonObject(document.components) ? document.components.schemas : document.definitions;
  return isJsonObject(holder) ? holder : {};
};
const prefixOf = (document: JsonObject): string =>
  "definitions" in document ? "#/definitions/" : "#/components/schemas/";

function renameKey(holder: JsonObject, from: string, to: string): void {
  const entries = Object.entries(holder);
  for (const [key] of entries) delete holder[key];
  for (const [key, value] of entries) holder[key === from ? to : key] = value;
}

function repoint(value: JsonValue, from: string, to: string): void {
  if (typeof value !== "object" || value === null) return;
  if (isJsonObject(value) && value.$ref === from) value.$ref = to;
  for (const member of Object.values(value)) repoint(member, from, to);
}

/** Edits as people make them, and some that they should not make. Each does nothing where the document has no place for it. */
const edits: Record<string, Edit> = {
  removeMember(document, pick) {
    const spot = pick(spotsOf(document, () => true));
    if (spot !== undefined) delete spot.holder[spot.key];
  },
  removeItem(document, pick) {
    const list = pick(spotsOf(document, Array.isArray))?.holder;
    for (const value of Object.values(list ?? {})) if (Array.isArray(value)) value.splice(0, 1);
  },
  renameMember(document, pick) {
    const spot = pick(spotsOf(document, (value) => typeof value === "object"));
    if (spot !== undefined) renameKey(spot.holder, spot.key, `${spot.key}Renamed`);
  },
  changeText(document, pick) {
    const spot = pick(spotsOf(document, (value, key) => typeof value === "string" && key !== "$ref"));
    if (spot !== undefined) spot.holder[spot.key] = `${spot.holder[spot.key]}!`;
  },
  changeType(document, pick) {
    const spot = pick(spotsOf(document, (value, key) => key === "type" && typeof value === "string"));
    if (spot !== undefined) spot.holder.type = spot.holder.type === "string" ? "integer" : "string";
  },
  addEnumValue(document, pick) {
    const spot = pick(spotsOf(document, (value, key) => key === "enum" && Array.isArray(value)));
    const values = spot?.holder.enum;
    if (Array.isArray(values)) values.push("one-more");
  },
  toggleRequired(document, pick) {
    const spot = pick(spotsOf(document, (value, key) => key === "properties" && isJsonObject(value)));
    const properties = spot?.holder.properties;
    if (spot === undefined || !isJsonObject(properties)) return;
    const name = pick(Object.keys(properties));
    const required = Array.isArray(spot.holder.required) ? spot.holder.required : [];
    if (name === undefined) return;
    spot.holder.required = required.includes(name) ? required.filter((one) => one !== name) : [...required, name];
  },
  addProperty(document, pick) {
    const spot = pick(spotsOf(document, (value, key) => key === "properties" && isJsonObject(value)));
    const schema = pick(spotsOf(document, isSchema));
    const properties = spot?.holder.properties;
    if (schema !== undefined && isJsonObject(properties)) properties.added = copy(schema.holder[schema.key]);
  },
  moveReference(document, pick) {
    const spot = pick(spotsOf(document, isReference));
    const name = pick(Object.keys(schemasOf(document)));
    if (spot !== undefined && name !== undefined) spot.holder[spot.key] = { $ref: prefixOf(document) + name };
  },
  swapReferences(document, pick) {
    const [one, other] = [pick(spotsOf(document, isReference)), pick(spotsOf(document, isReference))];
    if (one === undefined || other === undefined) return;
    const kept = one.holder[one.key] ?? null;
    one.holder[one.key] = other.holder[other.key] ?? null;
    other.holder[other.key] = kept;
  },
  inlineReference(document, pick) {
    const spot = pick(spotsOf(document, isReference));
    const written = spot?.holder[spot.key];
    if (spot === undefined || !isJsonObject(written) || typeof written.$ref !== "string") return;
    const target = schemasOf(document)[written.$ref.slice(prefixOf(document).length)];
    if (target !== undefined) spot.holder[spot.key] = copy(target);
  },
  extractSchema(document, pick) {
    const spot = pick(spotsOf(document, (value) => isSchema(value) && !isReference(value)));
    if (spot === undefined) return;
    schemasOf(document).Extracted = copy(spot.holder[spot.key]);
    spot.holder[spot.key] = { $ref: `${prefixOf(document)}Extracted` };
  },
  wrapSchema(document, pick) {
    const spot = pick(spotsOf(document, isSchema));
    const keyword = pick(["allOf", "anyOf", "oneOf"]);
    if (spot !== undefined && keyword !== undefined)
      spot.holder[spot.key] = { [keyword]: [spot.holder[spot.key] ?? null] };
  },
  addAlternative(document, pick) {
    const [spot, other] = [pick(spotsOf(document, isSchema)), pick(spotsOf(document, isSchema))];
    if (spot === undefined || other === undefined) return;
    spot.holder[spot.key] = { oneOf: [spot.holder[spot.key] ?? null, copy(other.holder[other.key])] };
  },
  extendSchema(document, pick) {
    const spot = pick(spotsOf(document, isReference));
    if (spot === undefined) return;
    const more = { type: "object", properties: { more: { type: "string" } } };
    spot.holder[spot.key] = { allOf: [spot.holder[spot.key] ?? null, more] };
  },
  flattenAllOf(document, pick) {
    const spot = pick(spotsOf(document, (value) => isJsonObject(value) && Array.isArray(value.allOf)));
    const written = spot?.holder[spot.key];
    if (spot === undefined || !isJsonObject(written) || !Array.isArray(written.allOf)) return;
    const properties: JsonObject = {};
    for (const branch of written.allOf) {
      const target = isJsonObject(branch) && typeof branch.$ref === "string" ? branch.$ref : "";
      const schema = target === "" ? branch : schemasOf(document)[target.slice(prefixOf(document).length)];
      if (isJsonObject(schema) && isJsonObject(schema.properties)) Object.assign(properties, copy(schema.properties));
    }
    spot.holder[spot.key] = { type: "object", properties };
  },
  makeNullable(document, pick) {
    const spot = pick(spotsOf(document, (value) => isSchema(value) && !isReference(value)));
    const schema = spot?.holder[spot.key];
    if (isJsonObject(schema)) schema.nullable = schema.nullable !== true;
  },
  reorder(document, pick) {
    const spot = pick(spotsOf(document, (value) => typeof value === "object" && value !== null));
    const value = spot?.holder[spot.key];
    if (Array.isArray(value)) value.reverse();
    else if (spot !== undefined && isJsonObject(value))
      spot.holder[spot.key] = Object.fromEntries(Object.entries(value).reverse());
  },
  renameComponent(document, pick) {
    const name = pick(Object.keys(schemasOf(document)));
    if (name === undefined) return;
    renameKey(schemasOf(document), name, `${name}V2`);
    repoint(document, prefixOf(document) + name, `${prefixOf(document)}${name}V2`);
  },
  removeComponent(document, pick) {
    const name = pick(Object.keys(schemasOf(document)));
    if (name !== undefined) delete schemasOf(document)[name];
  },
  copyComponent(document, pick) {
    const name = pick(Object.keys(schemasOf(document)));
    const spot = pick(spotsOf(document, isReference));
    if (name === undefined || spot === undefined) return;
    schemasOf(document)[`${name}Copy`] = copy(schemasOf(document)[name]);
    spot.holder[spot.key] = { $ref: `${prefixOf(document)}${name}Copy` };
  },
  renamePath(document, pick) {
    const paths = isJsonObject(document.paths) ? document.paths : {};
    const path = pick(Object.keys(paths));
    if (path !== undefined)
      renameKey(paths, path, path.includes("{") ? path.replace("{", "{renamed_") : `${path}/moved`);
  },
  copyPath(document, pick) {
    const paths = isJsonObject(document.paths) ? document.paths : {};
    const path = pick(Object.keys(paths));
    if (path !== undefined) paths[`${path}/copied`] = copy(paths[path]);
  },
  moveParametersToOperations(document, pick) {
    const paths = isJsonObject(document.paths) ? Object.values(document.paths).filter(isJsonObject) : [];
    const item = pick(paths.filter(({ parameters }) => Array.isArray(parameters)));
    const parameters = item?.parameters;
    if (item === undefined || !Array.isArray(parameters)) return;
    delete item.parameters;
    for (const operation of Object.values(item)) {
      if (!isJsonObject(operation)) continue;
      operation.parameters = [...(Array.isArray(operation.parameters) ? operation.parameters : []), ...parameters];
    }
  },
  changeSecurity(document, pick) {
    const paths = isJsonObject(document.paths) ? Object.values(document.paths).filter(isJsonObject) : [];
    const operation = pick(paths.flatMap((item) => Object.values(item).filter(isJsonObject)));
    const holder = pick([document, ...(operation === undefined ? [] : [operation])]);
    if (holder !== undefined) holder.security = pick<JsonValue>([[], [{ basic: [] }], [{ token: ["read"] }, {}]]) ?? [];
  },
  changeServers(document, pick) {
    const holder = pick([document, ...Object.values(isJsonObject(document.paths) ? document.paths : {})]);
    if (isJsonObject(holder)) holder.servers = [{ url: "https://other.example" }];
  },
};

/** The names of all edits. */
export const editNames: readonly string[] = Object.keys(edits);

/** A copy of `document` with one to four edits, the same for one seed. */
export function editRandomly(document: JsonObject, seed: number): { edited: JsonObject; names: string[] } {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const edited: JsonObject = JSON.parse(JSON.stringify(document));
  const names: string[] = [];
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    const name = pick(editNames) ?? "reorder";
    edits[name]?.(edited, pick);
    names.push(name);
  }
  return { edited, names };
}
