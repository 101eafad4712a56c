import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import type { Choose } from "./chooser.ts";
import type { DocumentPlace, Kind } from "./document-places.ts";

/** One edit of one keyword, which changes what the API is. */
export type Mutation = {
  name: string;
  kind: Kind;
  /** The versions whose documents have the keyword. @default all */
  versions?: RegExp;
  applies(value: JsonObject, place: DocumentPlace): boolean;
  apply(value: JsonObject, choose: Choose, place: DocumentPlace): void;
};

/** Whether `value.type` is or includes `type`. */
export function isOfType(value: JsonObject, type: string): boolean {
  return value.type === type || (Array.isArray(value.type) && value.type.includes(type));
}

/** The mutations that set `keyword` to another value: where it is absent, and where it is there. */
export function setsKeyword(
  kind: Kind,
  keyword: string,
  fresh: (value: JsonObject) => JsonValue,
  applies: Mutation["applies"] = () => true,
): Mutation[] {
  return [
    {
      name: `adds ${keyword}`,
      kind,
      applies: (value, place) => value[keyword] === undefined && applies(value, place),
      apply: (value) => {
        value[keyword] = fresh(value);
      },
    },
    {
      name: `changes ${keyword}`,
      kind,
      applies: (value, place) =>
        value[keyword] !== undefined && typeof value[keyword] !== "boolean" && applies(value, place),
      apply: (value) => {
        value[keyword] = fresh(value);
      },
    },
    {
      name: `removes ${keyword}`,
      kind,
      applies: (value, place) => !saysNothing(value[keyword]) && applies(value, place),
      apply: (value) => {
        delete value[keyword];
      },
    },
  ];
}

/** Whether leaving a value out changes nothing: it is what the specification says without it. */
function saysNothing(value: JsonValue | undefined): boolean {
  const isEmpty = isJsonObject(value) && Object.keys(value).length === 0;
  return value === undefined || value === false || value === true || value === 0 || isEmpty;
}

/** The mutation that turns a flag, absent being `false`. */
export function turnsFlag(kind: Kind, keyword: string, applies: Mutation["applies"] = () => true): Mutation {
  return {
    name: `turns ${keyword}`,
    kind,
    applies,
    apply: (value) => {
      value[keyword] = value[keyword] !== true;
    },
  };
}

/** The mutations that add a member to a map and take one away. */
export function changesMembers(
  kind: Kind,
  keyword: string,
  key: string,
  member: JsonValue,
  applies: Mutation["applies"] = () => true,
): Mutation[] {
  return [
    {
      name: `adds to ${keyword}`,
      kind,
      applies: (value, place) =>
        applies(value, place) && (value[keyword] === undefined || isJsonObject(value[keyword])),
      apply: (value) => {
        value[keyword] = { ...membersOf(value, keyword), [key]: member };
      },
    },
    {
      name: `removes from ${keyword}`,
      kind,
      applies: (value, place) => applies(value, place) && Object.keys(membersOf(value, keyword)).length > 0,
      apply: (value, choose) => {
        const members = { ...membersOf(value, keyword) };
        const names = Object.keys(members);
        delete members[names[choose(names.length)] ?? ""];
        value[keyword] = members;
      },
    },
  ];
}

/** The mutations that add an item to a list and take one away. */
export function changesItems(
  kind: Kind,
  keyword: string,
  item: JsonValue,
  applies: Mutation["applies"] = () => true,
): Mutation[] {
  return [
    {
      name: `adds to ${keyword}`,
      kind,
      applies: (value, place) =>
        applies(value, place) && !JSON.stringify(value[keyword] ?? null).includes(JSON.stringify(item)),
      apply: (value) => {
        value[keyword] = [...itemsOf(value, keyword), item];
      },
    },
    {
      name: `removes from ${keyword}`,
      kind,
      applies: (value, place) => applies(value, place) && itemsOf(value, keyword).length > 1,
      apply: (value, choose) => {
        const items = itemsOf(value, keyword);
        const gone = choose(items.length);
        value[keyword] = items.filter((_, index) => index !== gone);
      },
    },
  ];
}

export function membersOf(value: JsonObject, keyword: string): JsonObject {
  const members = value[keyword];
  return isJsonObject(members) ? members : {};
}

export function itemsOf(value: JsonObject, keyword: string): JsonValue[] {
  const items = value[keyword];
  return Array.isArray(items) ? items : [];
}
