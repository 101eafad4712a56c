import type { JsonType, SchemaId, SchemaNode, SpecModel } from "../spec/model.ts";
import type { SideName } from "./doubts.ts";
import type { SchemaMeanings } from "./meanings.ts";

/** One of the two documents, with what a comparison asks about its schemas. */
export type SchemaSide = {
  name: SideName;
  meanings: SchemaMeanings;
  /** Whether `own`, which is of this side, means the same as `foreign`, which is of `other`. */
  isSame(own: Hashed, other: SchemaSide, foreign: Hashed): boolean;
  /** `isSame` where it merely saves a comparison: not sure to be found where comparing the two says nothing of them. */
  isKnownSame(own: SchemaNode, other: SchemaSide, foreign: SchemaNode): boolean;
  node(id: SchemaId): SchemaNode;
  /** Properties by name: the schema's own and those of its `allOf` members, however deep. */
  propertiesOf(id: SchemaId): ReadonlyMap<string, SchemaId>;
  /** Names that must be present: the schema's own and those of its `allOf` members. */
  requiredOf(id: SchemaId): ReadonlySet<string>;
  /** Types that an instance may have, through `allOf`, `anyOf` and `oneOf`; `undefined` is any type. */
  typesOf(id: SchemaId): readonly JsonType[] | undefined;
};

/** A schema, or a copy of one that was made for a comparison; `""` where it is none of the model. */
type Hashed = Pick<SchemaNode, "hash">;

type ObjectShape = { properties: Map<string, SchemaId>; required: Set<string> };

/** How deep alternatives are followed for their types: deeper nesting counts as "any type". */
const maxTypeDepth = 6;

/** The questions of `SchemaSide` answered for `model`, each worked out once per schema. */
export function schemaSideOf(model: SpecModel, name: SideName, meanings: SchemaMeanings): SchemaSide {
  const shapes = new Map<SchemaId, ObjectShape>();

  const node = (id: SchemaId): SchemaNode => {
    const found = model.schemas[id];
    if (found === undefined) throw new RangeError(`The model names schema ${id} and has ${model.schemas.length}`);
    return found;
  };

  const shapeOf = (id: SchemaId): ObjectShape => {
    const known = shapes.get(id);
    // Stryker disable next-line ConditionalExpression: only speed
    if (known !== undefined) return known;
    const shape: ObjectShape = { properties: new Map(), required: new Set() };
    // Stryker disable next-line CallExpression: only speed
    shapes.set(id, shape);
    const seen = new Set<SchemaId>();
    const pending = [id];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      if (seen.has(current)) continue;
      seen.add(current);
      const schema = node(current);
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        if (!shape.properties.has(name)) shape.properties.set(name, property);
      }
      for (const name of schema.required ?? []) shape.required.add(name);
      pending.push(...(schema.allOf ?? []).toReversed());
    }
    return shape;
  };

  const typesAt = (id: SchemaId, depth: number): readonly JsonType[] | undefined => {
    const schema = node(id);
    if (schema.types !== undefined) return schema.types;
    if (depth === 0) return undefined;
    for (const member of schema.allOf ?? []) {
      const types = typesAt(member, depth - 1);
      if (types !== undefined) return types;
    }
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives === undefined) return schema.properties === undefined ? undefined : ["object"];
    const union = new Set<JsonType>();
    for (const alternative of alternatives) {
      const types = typesAt(alternative, depth - 1);
      if (types === undefined) return undefined;
      for (const type of types) union.add(type);
    }
    return [...union].sort();
  };

  const isSame: SchemaSide["isSame"] = ({ hash }, other, foreign) =>
    hash !== "" &&
    foreign.hash !== "" &&
    meanings.areSame({ side: name, hash }, { side: other.name, hash: foreign.hash });

  return {
    name,
    meanings,
    isSame,
    isKnownSame: (own, other, foreign) =>
      meanings.isOnePlace(own, foreign) ? own.hash === foreign.hash : isSame(own, other, foreign),
    node,
    propertiesOf: (id) => shapeOf(id).properties,
    requiredOf: (id) => shapeOf(id).required,
    typesOf: (id) => typesAt(id, maxTypeDepth),
  };
}

const saysNothing = new Set([
  "pointer",
  "hash",
  "annotationsHash",
  "name",
  "title",
  "description",
  "deprecated",
  "readOnly",
  "writeOnly",
  "default",
  "xml",
  "extensibleEnum",
  "danglingRef",
]);

/** Whether `schema` accepts every value: `{}`, `true`, or annotations alone. */
export function acceptsAnything(schema: SchemaNode): boolean {
  return Object.keys(schema).every((key) => saysNothing.has(key));
}

/** Whether `schema` only gathers properties: what it adds to an `allOf` is said property by property. */
export function onlyGathersProperties(schema: SchemaNode): boolean {
  return Object.keys(schema).every(
    (key) => saysNothing.has(key) || key === "types" || key === "properties" || key === "required" || key === "allOf",
  );
}
