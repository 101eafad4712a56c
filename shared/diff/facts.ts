import type {
  CallbackNode,
  HeaderNode,
  JsonType,
  JsonValue,
  LinkNode,
  MediaTypeNode,
  OperationNode,
  ParameterNode,
  RequestBodyNode,
  ResponseNode,
  SchemaNode,
  SecurityAlternative,
  SecuritySchemeNode,
  ServerNode,
} from "../spec/model.ts";
import type { CauseScope, Direction, OperationRef } from "./change-set.ts";
import type { ValueRelation } from "./schema-cover.ts";

/**
 * Facts: what changed between two models, without a word on whether that is good or bad.
 *
 * A fact is named by `subject` and `action`. What stands in a shared place (a component, a path item) is one fact that
 * lists every operation it reaches in `usedBy`.
 */

/** The schema positions that a contract judges differently. */
export type SchemaSite =
  | "request-body"
  | "request-property"
  | "request-parameter"
  | "request-parameter-property"
  | "response-body"
  | "response-property"
  | "response-header";

export type FactLocation = {
  /** RFC 6901 pointer into the old document; `null` where the thing did not exist. */
  before: string | null;
  /** RFC 6901 pointer into the new document; `null` where the thing does not exist any more. */
  after: string | null;
  scope: CauseScope;
  /** Names the edit itself: equal for every fact that one edit of the document brings about. */
  edit: string;
  /** Where the thing stands, for a person: `the response 200`, `the query parameter limit`. `""` for the operation. */
  container: string;
  parameter?: { in: string; name: string };
  status?: string;
  mediaType?: string;
};

export type SchemaLocation = FactLocation & {
  site: SchemaSite;
  /** Nearest named component that holds the edit; `null` when the schema is written inline. */
  schema: string | null;
  /** Path from that component, or from the inline root, to the instance: `card.brand`, `items[].id`, `""` at the root. */
  property: string;
};

type FactShape<Subject extends string, Action extends string, Value, Location = FactLocation> = {
  subject: Subject;
  action: Action;
  before: Value | undefined;
  after: Value | undefined;
  location: Location;
  direction: Direction;
  /** Sorted by path, then method. */
  usedBy: OperationRef[];
};

type SchemaFactShape<Subject extends string, Action extends string, Value> = FactShape<
  Subject,
  Action,
  Value,
  SchemaLocation
> & {
  /** How the values of the new schema, or of one that holds it, relate to the old ones, where that is proven. */
  relation?: ValueRelation;
};

/** `wholePath`: no operation of that path is left (removed) or was there (added). */
export type OperationFact = FactShape<"operation", "added" | "removed" | "moved" | "method-changed", OperationNode> & {
  wholePath: boolean;
};
export type WebhookFact = FactShape<"webhook", "added" | "removed", OperationNode>;
export type Lifecycle = { deprecated: boolean; sunset?: string; stability?: string };
export type LifecycleFact = FactShape<"lifecycle", "changed", Lifecycle>;
export type OperationIdFact = FactShape<"operation-id", "added" | "removed" | "changed", string>;
export type OperationTagFact = FactShape<"operation-tag", "added" | "removed", string>;

export type ParameterFact = FactShape<"parameter", "added" | "removed" | "moved" | "renamed", ParameterNode>;
/** `mediaType`: of a parameter that is written by `content` instead of `style`; absent where `style` rules. */
export type ParameterAspect = "required" | "style" | "explode" | "allowReserved" | "allowEmptyValue" | "mediaType";
export type ParameterAspectFact = FactShape<"parameter-aspect", "changed", string | boolean> & {
  aspect: ParameterAspect;
};
export type ParameterLifecycleFact = FactShape<"parameter-lifecycle", "changed", Lifecycle>;

/** The schema of a parameter or of a header, as a whole. */
export type ValueSchemaFact = FactShape<"value-schema", "added" | "removed", SchemaNode>;
export type RequestBodyFact = FactShape<"request-body", "added" | "removed", RequestBodyNode>;
export type RequestBodyRequiredFact = FactShape<
  "request-body-required",
  "became-required" | "became-optional",
  boolean
>;
/** `generalized`: a status that a range covers now; `specialized`: one that a range covered before. */
export type ResponseFact = FactShape<"response", "added" | "removed" | "generalized" | "specialized", ResponseNode>;
export type MediaTypeFact = FactShape<"media-type", "added" | "removed", MediaTypeNode>;
/** The same body under another media type: other parameters, or a range that covers the other. */
export type MediaTypeNameFact = FactShape<"media-type-name", "changed", MediaTypeNode>;
/** A media type that a part of a form or of a multipart body may have. */
export type PartMediaTypeFact = FactShape<"part-media-type", "added" | "removed", never> & { values: string[] };
export type PartAspectFact = FactShape<"part-aspect", "changed", string | boolean> & {
  aspect: "style" | "explode" | "allowReserved";
};
export type MediaTypeSchemaFact = FactShape<"media-type-schema", "added" | "removed", SchemaNode>;
export type HeaderFact = FactShape<"header", "added" | "removed", HeaderNode>;
export type HeaderAspectFact = FactShape<"header-required", "became-required" | "became-optional", HeaderNode>;
/** `mediaType`: of a header that is written by `content`. Writing is stated only where a value is written differently. */
export type HeaderAspect = "deprecated" | "style" | "explode" | "mediaType";
export type HeaderSpellingFact = FactShape<"header-aspect", "changed", string | boolean> & { aspect: HeaderAspect };
export type LinkFact = FactShape<"link", "added" | "removed" | "changed", LinkNode>;
/** `redirected`: the same calls to another address. */
export type CallbackFact = FactShape<"callback", "added" | "removed" | "redirected", CallbackNode>;
/** A method of a callback that stays. */
export type CallbackOperationFact = FactShape<"callback-operation", "added" | "removed" | "changed", OperationNode> & {
  callback: string;
};

/** `global`: the document-level requirement that the operations in `usedBy` inherit. */
export type SecurityFact = FactShape<"security", "changed", SecurityAlternative[]> & { global: boolean };
export type SecuritySchemeFact = FactShape<"security-scheme", "added" | "removed" | "changed", SecuritySchemeNode>;
export type ServerFact = FactShape<"server", "added" | "removed" | "changed", ServerNode>;
export type ServerVariable = NonNullable<ServerNode["variables"]>[string];
/** `server`: URL, in the new document, of the server that has the variable `name`. */
export type ServerVariableFact = FactShape<"server-variable", "changed", ServerVariable> & {
  name: string;
  server: string;
};
/** The document's own version (`info.version`). */
export type VersionFact = FactShape<"version", "changed", string>;
export type ComponentFact = FactShape<"component", "removed", SchemaNode>;

/** `nullable`: whether `null` is allowed. `types` leaves `"null"` out; absent means any type. */
export type TypeShape = { types?: JsonType[]; format?: string };
export type TypeFact = SchemaFactShape<"type", "changed", TypeShape>;
export type NullabilityFact = SchemaFactShape<"nullability", "added" | "removed", boolean>;
export type EnumFact = SchemaFactShape<"enum", "added" | "removed" | "values-added" | "values-removed", JsonValue[]> & {
  values: JsonValue[];
  /** The enum is (or was already) an `x-extensible-enum`, or is covered by one. */
  extensible: boolean;
};
export type KeywordName =
  | "const"
  | "default"
  | "pattern"
  | "multipleOf"
  | "uniqueItems"
  | "contentEncoding"
  | "contentMediaType";
export type KeywordFact = SchemaFactShape<"keyword", "added" | "removed" | "changed", JsonValue> & {
  keyword: KeywordName;
};

export type BoundKeyword =
  | "minimum"
  | "maximum"
  | "exclusiveMinimum"
  | "exclusiveMaximum"
  | "minLength"
  | "maxLength"
  | "minItems"
  | "maxItems"
  | "minProperties"
  | "maxProperties"
  | "minContains"
  | "maxContains";
export type BoundFact = SchemaFactShape<"bound", "set" | "unset" | "increased" | "decreased", number> & {
  keyword: BoundKeyword;
};

/** `location.property` is the property itself. `required` as of the document that has (or requires) it. */
export type PropertyFact = SchemaFactShape<"property", "added" | "removed", SchemaNode> & {
  name: string;
  required: boolean;
  /** Whether the object of the other document allows properties that it does not name. */
  otherIsClosed: boolean;
};
export type RequirednessFact = SchemaFactShape<"requiredness", "became-required" | "became-optional", SchemaNode> & {
  name: string;
};
export type MutabilityFact = SchemaFactShape<"mutability", "added" | "removed", boolean> & {
  flag: "readOnly" | "writeOnly";
  required: boolean;
};
export type PropertyLifecycleFact = SchemaFactShape<"property-lifecycle", "changed", Lifecycle>;
/** No value is valid any more (`false`), or some are where none was. */
export type ValidityFact = SchemaFactShape<"validity", "disallowed" | "allowed", SchemaNode>;
/** A value may fit one alternative alone (`oneOf`), where alternatives overlap. */
export type ExclusivityFact = SchemaFactShape<"exclusivity", "added" | "removed", SchemaNode>;

export type Combinator = "allOf" | "anyOf" | "oneOf";
export type BranchFact = SchemaFactShape<"branch", "added" | "removed", SchemaNode> & { combinator: Combinator };
/** A schema became one of several alternatives (`wrapped`), or the alternatives shrank to one schema (`unwrapped`). */
export type WrappingFact = SchemaFactShape<"wrapping", "wrapped" | "unwrapped", SchemaNode> & {
  combinator: "anyOf" | "oneOf";
};

/** `alternatives`: `anyOf` or `oneOf` as a whole, where the other document has neither. */
export type SubschemaKeyword =
  | "alternatives"
  | "not"
  | "if"
  | "then"
  | "else"
  | "items"
  | "contains"
  | "propertyNames"
  | "unevaluatedProperties"
  | "unevaluatedItems"
  | "contentSchema";
/** In these a constraint is turned round or conditional: what is inside is compared as one whole. */
export type WholeSubschemaKeyword = "not" | "if";
export type SubschemaFact =
  | (SchemaFactShape<"subschema", "added" | "removed", SchemaNode> & { keyword: SubschemaKeyword })
  | (SchemaFactShape<"subschema", "changed", SchemaNode> & { keyword: WholeSubschemaKeyword });
export type AdditionalPropertiesFact = SchemaFactShape<
  "additional-properties",
  "closed" | "opened" | "restricted" | "unrestricted",
  SchemaNode
>;
type KeyedSubschema<Subject extends string> = SchemaFactShape<Subject, "added" | "removed", SchemaNode> & {
  key: string;
};
/** `otherIsClosed`: the other document allows nothing at this place. */
export type PatternPropertyFact = KeyedSubschema<"pattern-property"> & { otherIsClosed: boolean };
export type DependentSchemaFact = KeyedSubschema<"dependent-schema">;
export type PrefixItemFact = KeyedSubschema<"prefix-item"> & { otherIsClosed: boolean };
export type DependentRequiredFact = SchemaFactShape<"dependent-required", "added" | "removed" | "changed", string[]> & {
  key: string;
};
export type DiscriminatorFact = SchemaFactShape<
  "discriminator",
  "added" | "removed" | "property-changed" | "mapping-added" | "mapping-removed" | "mapping-changed",
  string
>;

export type SchemaFact =
  | TypeFact
  | NullabilityFact
  | EnumFact
  | KeywordFact
  | BoundFact
  | PropertyFact
  | RequirednessFact
  | MutabilityFact
  | PropertyLifecycleFact
  | ValidityFact
  | ExclusivityFact
  | BranchFact
  | WrappingFact
  | SubschemaFact
  | AdditionalPropertiesFact
  | PatternPropertyFact
  | DependentSchemaFact
  | PrefixItemFact
  | DependentRequiredFact
  | DiscriminatorFact;

export type ContractFact =
  | OperationFact
  | WebhookFact
  | LifecycleFact
  | OperationIdFact
  | OperationTagFact
  | ParameterFact
  | ParameterAspectFact
  | ParameterLifecycleFact
  | ValueSchemaFact
  | RequestBodyFact
  | RequestBodyRequiredFact
  | ResponseFact
  | MediaTypeFact
  | MediaTypeNameFact
  | MediaTypeSchemaFact
  | PartMediaTypeFact
  | PartAspectFact
  | HeaderFact
  | HeaderAspectFact
  | HeaderSpellingFact
  | LinkFact
  | CallbackFact
  | CallbackOperationFact
  | SecurityFact
  | SecuritySchemeFact
  | ServerFact
  | ServerVariableFact
  | VersionFact
  | ComponentFact;

export type Fact = ContractFact | SchemaFact;
export type Subject = Fact["subject"];

type WithoutPlace<F> = F extends Fact ? Omit<F, "location" | "direction" | "usedBy" | "relation"> : never;

/** What a schema comparison states; the walk adds where it stands and whom it reaches. */
export type SchemaStatement = WithoutPlace<SchemaFact>;
/** What a comparison of anything else states. */
export type ContractStatement = WithoutPlace<ContractFact>;
