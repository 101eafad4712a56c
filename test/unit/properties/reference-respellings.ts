import { isJsonObject, type JsonObject, ownMember } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import {
  componentBase,
  type DocumentPlace,
  type Kind,
  placesOf,
  pointerOf,
  reachablePlaces,
} from "./document-places.ts";
import {
  is2020,
  isDiscriminated,
  isFullSchema,
  isPointedInto,
  mapReferences,
  type Respelling,
  versionOf,
} from "./respelling.ts";

const shareable: Kind[] = ["parameter", "header", "requestBody", "response", "callback", "link"];

export const encodedReferences = "references percent-encoded";

/** Where a thing is written: in place, or once under a name. */
export const referenceRespellings: Respelling[] = [
  {
    name: "components under other names",
    apply(document, choose) {
      const renamed = writeMappings(document);
      const names = new Map<string, string>();
      for (const kind of [...shareable, "schema", "pathItem"] as const) {
        const base = componentBase(renamed, kind);
        const holder = base === undefined ? undefined : memberAt(renamed, base);
        if (!isJsonObject(holder)) continue;
        for (const name of Object.keys(holder)) {
          if (choose(2) === 0) continue;
          names.set(
            pointerOf({ path: [...(base ?? []), name] }),
            pointerOf({ path: [...(base ?? []), `${name}Again`] }),
          );
          holder[`${name}Again`] = holder[name] ?? null;
          delete holder[name];
        }
      }
      const map = (reference: string) => {
        const [, component = reference, rest = ""] = /^(#\/(?:components\/\w+|\w+)\/[^/]+)(.*)$/.exec(reference) ?? [];
        return (names.get(component) ?? component) + rest;
      };
      const mapped = mapReferences(renamed, map);
      return isJsonObject(mapped) ? mapped : renamed;
    },
  },
  {
    name: "security schemes under other names",
    apply(document, choose) {
      const base = componentBase(document, "securityScheme") ?? [];
      const holder = memberAt(document, base);
      if (!isJsonObject(holder)) return document;
      const names = Object.keys(holder).filter(() => choose(2) === 0);
      const rename = (owner: JsonObject) => {
        for (const name of names) {
          const value = ownMember(owner, name);
          if (value === undefined) continue;
          delete owner[name];
          owner[`another-${name}`] = value;
        }
      };
      rename(holder);
      for (const { kind, value } of placesOf(document)) if (kind === "requirement") rename(value);
      return document;
    },
  },
  {
    name: "references written out",
    apply(document, choose) {
      const byPointer = new Map(placesOf(document).map((place) => [pointerOf(place), structuredClone(place.value)]));
      for (const place of placesOf(document)) {
        const { $ref } = place.value;
        const target = typeof $ref === "string" ? byPointer.get(decodeURIComponent($ref)) : undefined;
        if (target === undefined || typeof target.$ref === "string" || choose(3) > 0) continue;
        if (place.kind === "schema") {
          const hasSiblings = is2020(document) && Object.keys(place.value).length > 1;
          if (isDiscriminated(place) || hasSiblings || isPointedInto(target)) continue;
        }
        place.replace(structuredClone(target));
      }
      return document;
    },
  },
  {
    name: "parts as components",
    apply(document, choose) {
      let count = 0;
      const reachable = new Set(reachablePlaces(document).map(pointerOf));
      // Innermost first: what is moved has no place inside that is yet to be moved.
      for (const place of placesOf(document).toReversed()) {
        const base = sharedBase(document, place);
        // A component that only an unused one refers to would be news: that a schema came, or went.
        if (base === undefined || choose(4) > 0 || !reachable.has(pointerOf(place))) continue;
        const [root = "", section] = base;
        while (memberAt(document, [...base, `Part${count}`]) !== undefined) count++;
        const name = `Part${count}`;
        const outer = memberOf(document, root);
        const holder = section === undefined ? outer : memberOf(outer, section);
        holder[name] = place.value;
        place.replace({ $ref: pointerOf({ path: [...base, name] }) });
      }
      return document;
    },
  },
  {
    name: encodedReferences,
    apply(document, choose) {
      const encode = (reference: string) =>
        choose(2) === 0
          ? reference
          : reference.replace(/(?<=\/)[A-Za-z](?=\w*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
      const mapped = mapReferences(document, encode);
      return isJsonObject(mapped) ? mapped : document;
    },
  },
  { name: "values of a discriminator written out", apply: (document) => writeMappings(document) },
  {
    name: "a definition beside the schema that uses it",
    apply(document, choose) {
      if (!is2020(document)) return document;
      for (const place of placesOf(document).toReversed()) {
        const { value } = place;
        const { properties } = value;
        if (place.kind !== "schema" || place.path[0] !== "components" || place.path.length !== 3) continue;
        if (!isJsonObject(properties) || value.$defs !== undefined || choose(2) === 0) continue;
        const [name] = Object.keys(properties);
        const inner = name === undefined ? undefined : properties[name];
        if (name === undefined || inner === undefined || isPointedInto(inner)) continue;
        value.$defs = { Moved: inner };
        properties[name] = { $ref: `${pointerOf(place)}/$defs/Moved` };
      }
      return document;
    },
  },
];

function memberAt(document: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const key of path) value = isJsonObject(value) ? value[key] : undefined;
  return value;
}

function memberOf(holder: JsonObject, key: string): JsonObject {
  const known = holder[key];
  if (isJsonObject(known)) return known;
  const fresh: JsonObject = {};
  holder[key] = fresh;
  return fresh;
}

/** Where the part could stand as a component; `undefined` for what is one, refers to one, or would change by it. */
function sharedBase(document: JsonObject, place: DocumentPlace): string[] | undefined {
  if (typeof place.value.$ref === "string") return undefined;
  const base = componentBase(document, place.kind);
  if (base === undefined || place.path.length === base.length + 1) return undefined;
  if (place.kind === "schema") {
    // A part of an allOf, as a component, is news when it goes, though the whole says the same without it.
    const isBranch = place.path.at(-2) === "allOf";
    const mayMove =
      isFullSchema(document, place) && !isDiscriminated(place) && !isPointedInto(place.value) && !isBranch;
    return mayMove ? base : undefined;
  }
  if (place.kind === "pathItem")
    return versionOf(document) >= "3.1" && place.parent?.kind === "document" ? base : undefined;
  return shareable.includes(place.kind) ? base : undefined;
}

/** The values that a discriminator has by the names of its branches. */
function writeMappings(document: JsonObject): JsonObject {
  for (const { kind, value } of placesOf(document)) {
    if (kind !== "schema" || !isJsonObject(value.discriminator)) continue;
    const mapping = isJsonObject(value.discriminator.mapping) ? { ...value.discriminator.mapping } : {};
    const mapped = new Set(Object.values(mapping).map((target) => String(target).split("/").at(-1)));
    for (const branch of [value.oneOf, value.anyOf].flat()) {
      const name = isJsonObject(branch) && typeof branch.$ref === "string" ? branch.$ref.split("/").at(-1) : undefined;
      if (name !== undefined && !mapped.has(name)) mapping[name] = `#/components/schemas/${name}`;
    }
    value.discriminator = { ...value.discriminator, mapping };
  }
  return document;
}
