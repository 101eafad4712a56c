import { isAnnotation } from "../annotation-keys.ts";
import { isJsonObject, type JsonObject, ownMember } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { decodeFragment, splitPointer } from "../pointers.ts";
import type { Lead } from "./slice.ts";
import type { Container, Pair, TreePairs } from "./tree-pairs.ts";

/** What of two documents may differ, by number of the pair. */
export type Marks = {
  /** Pairs that may not mean the same on both sides. */
  changed: Uint8Array;
  /** Those of them that are written differently; the others lead to such a pair. */
  different: Uint8Array;
};

/** What a schema may have beside `properties`, `items` and `additionalProperties` that lead on, so that it changes nothing. */
const besideParts = new Set([
  ...["type", "format", "required", "nullable", "default", "deprecated", "readOnly", "writeOnly", "xml"],
  ...["properties", "items", "additionalProperties", "minProperties", "maxProperties", "minItems", "maxItems"],
  ...["uniqueItems", "x-nullable", "x-sunset", "x-stability-level"],
]);

const besideAlternatives = new Set(["anyOf", "oneOf", "nullable", "x-nullable", "default", "deprecated"]);
/** What an object schema may have whose values are told from those of others by the names that it requires. */
const ofPlainObject = new Set([
  ...["type", "properties", "required", "additionalProperties", "deprecated", "xml", "default"],
  ...["x-sunset", "x-stability-level"],
]);
const plainTypes = new Set(["string", "number", "integer", "boolean", "null"]);
const ofPlainType = new Set([
  "type",
  "format",
  "maxLength",
  "minLength",
  "pattern",
  "minimum",
  "maximum",
  "deprecated",
]);

/** Each alternative is held against each other one: above so many, reading them costs less. */
const maxAlternatives = 100;

/** Whatever of a property's schema says something about the property. */
const saidOfProperty = ["readOnly", "writeOnly", "deprecated", "x-sunset", "x-stability-level"];

/**
 * Finds conduits: schemas that are written alike in both documents and hold what may differ only where this says nothing of
 * themselves – as a property, an item, an alternative that no other could be taken for. Nothing has to be read of a conduit
 * but what it leads to.
 */
export class Conduits {
  private readonly pairs: TreePairs;
  private readonly marks: Marks;
  private readonly components: ReadonlyMap<string, Pair>;

  constructor(pairs: TreePairs, marks: Marks) {
    this.pairs = pairs;
    this.marks = marks;
    const schemas = pairs.find(["components", "schemas"]);
    this.components = typeof schemas === "object" ? pairs.childrenOf(schemas) : new Map();
  }

  /** Each schema component that may not mean the same in both documents. */
  *changedComponents(): Iterable<[name: string, pair: Pair]> {
    for (const entry of this.components) if (this.marks.changed[entry[1].id] === 1) yield entry;
  }

  /** What the schema `pair` leads to; `undefined` when it is no conduit. */
  leadsOf(pair: Pair): Lead[] | undefined {
    const leads = new Map<string, Lead>();
    const isConduit = this.isWrittenAlike(pair) && this.walk(pair, false, leads);
    return isConduit ? [...leads.values()] : undefined;
  }

  /** Whether a schema of nothing but alternatives leads on as a conduit does. */
  isConduitUnion(pair: Pair): boolean {
    const { before: schema } = pair;
    if (!isJsonObject(schema) || (schema.anyOf === undefined && schema.oneOf === undefined)) return false;
    return this.leadsOf(pair) !== undefined;
  }

  isChanged({ id }: Pair): boolean {
    return this.marks.changed[id] === 1;
  }

  /** Whether both documents say the same here, save for what stands elsewhere. */
  isWrittenAlike({ id }: Pair): boolean {
    return this.marks.different[id] === 0;
  }

  private walk(pair: Pair, isInside: boolean, leads: Map<string, Lead>): boolean {
    const { before: schema } = pair;
    if (!isJsonObject(schema)) return false;
    if (typeof schema.$ref === "string") return this.follow(schema, isInside, leads, isAlikeProperty);
    if (schema.anyOf !== undefined || schema.oneOf !== undefined) {
      const [keyword, other] = schema.anyOf === undefined ? ["oneOf", "anyOf"] : ["anyOf", "oneOf"];
      if (schema[other] !== undefined || !hasOnly(schema, besideAlternatives)) return false;
      return this.everyPart(
        pair,
        (name, part) => name === keyword && this.walkAlternatives(part, schema, isInside, leads),
      );
    }
    if (!hasOnly(schema, besideParts) || schema.readOnly === true || schema.writeOnly === true) return false;
    return this.everyPart(pair, (name, part) => {
      switch (name) {
        case "properties":
          return this.everyPart(part, (_, property) => this.walk(property, true, leads), true);
        case "items":
          return this.walk(part, true, leads);
        case "additionalProperties":
          return this.walkTyped(part, leads);
        default:
          return false;
      }
    });
  }

  /** A schema that does not accept anything, in either document. */
  private walkTyped(pair: Pair, leads: Map<string, Lead>): boolean {
    const { before: schema } = pair;
    if (!isJsonObject(schema)) return false;
    if (typeof schema.$ref === "string") return this.follow(schema, true, leads, isPlainObject);
    return typeof schema.type === "string" && this.walk(pair, true, leads);
  }

  /** Alternatives of which none can be taken for another: of other types, or objects that are told apart. */
  private walkAlternatives(pair: Pair, holder: JsonObject, isInside: boolean, leads: Map<string, Lead>): boolean {
    const { before: branches } = pair;
    const isNullable = holder.nullable === true || holder["x-nullable"] === true; // null is another alternative
    if (!Array.isArray(branches) || branches.length < (isNullable ? 1 : 2)) return false;
    if (branches.length > maxAlternatives) return false;
    const objects: Pair[] = [];
    for (const branch of branches) {
      if (!isJsonObject(branch)) return false;
      if (typeof branch.$ref !== "string") {
        if (!plainTypes.has(String(branch.type)) || !hasOnly(branch, ofPlainType)) return false;
        continue;
      }
      const target = this.targetOf(branch);
      if (target === undefined || !isPlainObject(target) || !keepsRequired(target)) return false;
      if (!objects.every((other) => areToldApart(other, target))) return false;
      objects.push(target);
    }
    return this.everyPart(pair, (_, { before: branch }) =>
      isJsonObject(branch) ? this.follow(branch, isInside, leads, isPlainObject) : false,
    );
  }

  private follow(
    written: JsonObject,
    isInside: boolean,
    leads: Map<string, Lead>,
    accepts: (target: Pair) => boolean,
  ): boolean {
    const target = this.targetOf(written);
    if (target === undefined || !accepts(target)) return false;
    const { name } = target;
    leads.set(`${isInside} ${name}`, { name, isInside });
    return true;
  }

  /** The component that a plain reference names, unless it merely stands for another schema. */
  private targetOf(written: JsonObject): (Pair & { name: string }) | undefined {
    const name = nameOfComponent(written);
    const target = name === undefined ? undefined : this.components.get(name);
    if (name === undefined || target === undefined) return undefined;
    const { before, after } = target;
    const isOwn = (schema: Container) =>
      isJsonObject(schema) && schema.$ref === undefined && schema.allOf === undefined;
    return isOwn(before) && isOwn(after) ? { ...target, name } : undefined;
  }

  /**
   * Whether `test` holds for all that may differ directly inside `pair`.
   * @param isMap whether the members are named by the author
   */
  everyPart(pair: Pair, test: (name: string, part: Pair) => boolean, isMap = false): boolean {
    let holds = true;
    this.pairs.eachChild(pair, (name, part) => {
      if (holds && this.isChanged(part) && (isMap || !isAnnotation(name))) holds = test(name, part);
    });
    return holds;
  }
}

/** The schema component that `written` refers to, when it says nothing else. */
export function nameOfComponent(written: JsonObject): string | undefined {
  if (typeof written.$ref !== "string" || !written.$ref.startsWith("#/components/schemas/")) return undefined;
  for (const key in written) if (key !== "$ref" && !isAnnotation(key)) return undefined;
  const tokens = splitPointer(decodeFragment(written.$ref.slice(1)));
  return tokens?.length === 3 ? tokens[2] : undefined;
}

/** Whether nothing differs of what the schema says about a property that has it, and every direction has the property. */
function isAlikeProperty({ before, after }: Pair): boolean {
  if (!isJsonObject(before) || !isJsonObject(after)) return false;
  if (before.readOnly === true || before.writeOnly === true) return false;
  return saidOfProperty.every((key) => before[key] === after[key]);
}

function isPlainObject(target: Pair): boolean {
  const isPlain = (schema: Container) =>
    isJsonObject(schema) && schema.type === "object" && hasOnly(schema, ofPlainObject);
  return isPlain(target.before) && isPlain(target.after) && isAlikeProperty(target);
}

function hasOnly(schema: JsonObject, keys: ReadonlySet<string>): boolean {
  for (const key in schema) if (!keys.has(key) && !isAnnotation(key)) return false;
  return true;
}

function keepsRequired({ before, after }: Pair): boolean {
  return isSubset(requiredOf(before), requiredOf(after)) && isSubset(requiredOf(after), requiredOf(before));
}

/**
 * Whether two objects, which keep what they require, accept different values in both documents, and neither all that the
 * other does: each requires a name that the other does not, or both a property that has other values.
 */
function areToldApart(left: Pair, right: Pair): boolean {
  const [names, others] = [requiredOf(left.before), requiredOf(right.before)];
  if (!isSubset(names, others) && !isSubset(others, names)) return true;
  for (const name of names) {
    if (typeof name !== "string" || !others.has(name)) continue;
    const [values, otherValues] = [keptValuesOf(left, name), keptValuesOf(right, name)];
    if (values !== undefined && otherValues?.every((value) => !values.includes(value))) return true;
  }
  return false;
}

/** The strings that a property may be, where that is written alike in both documents. */
function keptValuesOf({ before, after }: Pair, name: string): JsonValue[] | undefined {
  const [values, valuesAfter] = [before, after].map((schema) => {
    const properties = isJsonObject(schema) ? schema.properties : undefined;
    const property = isJsonObject(properties) ? ownMember(properties, name) : undefined;
    const isEnum = isJsonObject(property) && property.type === "string" && property.nullable !== true;
    return isEnum && Array.isArray(property.enum) ? property.enum : undefined;
  });
  if (values === undefined || valuesAfter === undefined || values.length !== valuesAfter.length) return undefined;
  return values.every((value, index) => typeof value === "string" && value === valuesAfter[index]) ? values : undefined;
}

function requiredOf(schema: Container): ReadonlySet<unknown> {
  return new Set(isJsonObject(schema) && Array.isArray(schema.required) ? schema.required : []);
}

function isSubset(names: ReadonlySet<unknown>, of: ReadonlySet<unknown>): boolean {
  for (const name of names) if (!of.has(name)) return false;
  return true;
}
