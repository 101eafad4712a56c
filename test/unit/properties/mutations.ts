import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { chooserOf } from "./chooser.ts";
import { contractMutations } from "./contract-mutations.ts";
import { type DocumentPlace, pointerOf, reachablePlaces } from "./document-places.ts";
import type { Mutation } from "./mutation.ts";
import { versionOf } from "./respelling.ts";
import { schemaMutations } from "./schema-mutations.ts";

/** Every edit of a single keyword. */
export const mutations: Mutation[] = [...schemaMutations, ...contractMutations];

/** One edit that was made: which, and where. */
export type Edit = { mutation: Mutation; place: DocumentPlace; pointer: string };

/**
 * `document` with `mutation` applied at one place that `seed` chooses among those that operations reach; `undefined` where
 * it applies nowhere.
 */
export function mutate(
  document: JsonObject,
  mutation: Mutation,
  seed: number,
): { mutated: JsonObject; edit: Edit } | undefined {
  if (mutation.versions !== undefined && !mutation.versions.test(versionOf(document))) return undefined;
  const mutated: JsonObject = JSON.parse(JSON.stringify(document));
  const choose = chooserOf(seed);
  const places = reachablePlaces(mutated).filter(
    (place) =>
      place.kind === mutation.kind &&
      !("$ref" in place.value) &&
      !isReplaced(place) &&
      mutation.applies(place.value, place),
  );
  const place = places[choose(places.length)];
  if (place === undefined) return undefined;
  const edit = {
    mutation,
    place: { ...place, value: JSON.parse(JSON.stringify(place.value)) },
    pointer: pointerOf(place),
  };
  mutation.apply(place.value, choose, place);
  return { mutated, edit };
}

/** Whether the place is in a parameter of a path, which each operation may replace by its own of that name. */
function isReplaced(place: DocumentPlace): boolean {
  let outer: DocumentPlace | undefined = place;
  while (outer !== undefined && outer.kind !== "parameter") outer = outer.parent;
  return outer?.parent?.kind === "pathItem";
}

/** Why an edit says nothing to a client, or more than one thing. */
export type Excuse = { reason: string; covers(edit: Edit): boolean };

const named =
  (...names: string[]) =>
  ({ mutation: { kind, name } }: Edit) =>
    names.includes(`${kind} ${name}`);

/** Edits after which the document means what it meant. */
export const emptyEdits: Excuse[] = [
  {
    reason: "The servers of a path stand for nothing where each operation has its own.",
    covers: ({ place }) => place.kind === "server" && place.parent?.kind === "pathItem",
  },
  { reason: "A branch of an allOf may repeat what the others say.", covers: named("schema removes from allOf") },
  {
    reason: "Another part of the same allOf may ask for the name.",
    covers: (edit) => named("schema removes from required")(edit) && edit.place.path.includes("allOf"),
  },
  {
    reason: "The server of a link is not read yet.",
    covers: ({ mutation }) => /^(adds|changes|removes) server$/.test(mutation.name),
  },
];

/** Edits that a comparison has nothing to say about. */
export const silentEdits: Excuse[] = [
  {
    reason: "Properties are those of an object, whether or not the type is written: authors leave it out.",
    covers: (edit) => named("schema no type")(edit) && edit.place.value.properties !== undefined,
  },
  {
    reason: "Only objects are written in another way when a header explodes.",
    covers: named("header turns explode"),
  },
  {
    reason: "No server URL has a variable of that name.",
    covers: named("server adds to variables"),
  },
  {
    reason: "A limit that every listed value meets forbids none of them.",
    covers: ({ place }) => place.value.enum !== undefined || place.value.const !== undefined,
  },
  { reason: "How XML is written is not judged yet.", covers: ({ mutation }) => mutation.name.endsWith(" xml") },
  {
    reason: "What only the API reads is nothing that it sends, and the other way round.",
    covers: ({ place }) => isInOneDirection(place),
  },
  {
    reason: "A response says nothing by read-only, a request nothing by write-only.",
    covers: named("schema turns readOnly", "schema turns writeOnly"),
  },
];

function isInOneDirection(place: DocumentPlace): boolean {
  for (let outer: DocumentPlace | undefined = place; outer !== undefined; outer = outer.parent) {
    if (outer.value.readOnly === true || outer.value.writeOnly === true) return true;
  }
  return false;
}

/** Edits that are several to whoever reads the documents. */
export const severalEdits: Excuse[] = [
  {
    reason: "A parameter under another name is one that went and one that came.",
    covers: named("parameter another name"),
  },
  {
    reason: "Each operation that refers to a parameter has one that moved.",
    covers: named("parameter another place"),
  },
  {
    reason: "What allows null, or another type, in an alternative allows it in each union of which it is one.",
    covers: named("schema turns nullable", "schema another type", "schema no type"),
  },
];
