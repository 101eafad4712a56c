import { DocumentTooComplexError } from "../errors.ts";
import type { HashTable } from "../hash-table.ts";
import { Hash128 } from "../hash128.ts";
import type { JsonObject } from "../json-object.ts";
import type {
  HeaderNode,
  JsonValue,
  ParameterNode,
  RequestBodyNode,
  ResponseNode,
  SchemaId,
  SchemaNode,
  SpecDialect,
  SpecWarning,
} from "../model.ts";
import type { Place, Places } from "./references.ts";
import type { UnreadSchemas } from "./unread-schemas.ts";

/** A schema that is referred to: its node has an id, its content is read later, so that chains of references need no stack. */
export type WaitingSchema = { id: SchemaId; value: JsonValue; pointer: string };

/** What one normalization carries along. */
export type NormalizeContext = {
  readonly document: JsonObject;
  /** Pointer of the document itself: `""`, unless it is one of several that make one model. */
  readonly base: string;
  readonly dialect: SpecDialect;
  /** 3.1 and later: keywords beside a `$ref` count. Before, they are ignored. */
  readonly refSiblingsCount: boolean;
  readonly schemas: SchemaNode[];
  /** Annotations of each schema and of what stands inside it, by SchemaId. */
  readonly schemaNotes: HashTable;
  /** What references name, by the reference as written. */
  readonly placesByRef: Map<string, Place>;
  /** Schemas by the reference that names them, as written. */
  readonly schemasByRef: Map<string, SchemaId>;
  /** Schemas that a reference names, by their pointer. */
  readonly schemasByPointer: Map<string, SchemaId>;
  readonly waitingSchemas: WaitingSchema[];
  /** Set where only a slice of the document is read. */
  readonly unread: UnreadSchemas | undefined;
  /** Nodes of parameters, bodies and responses by pointer: what a reference names is read once. */
  readonly sharedParameters: Map<string, ParameterNode>;
  readonly sharedRequestBodies: Map<string, RequestBodyNode>;
  /** By name and pointer. */
  readonly sharedHeaders: Map<string, HeaderNode>;
  /** By status, pointer and, in Swagger 2.0, media types. */
  readonly sharedResponses: Map<string, ResponseNode>;
  /** Pointers of callbacks that are being read: one may lead back to itself. */
  readonly openCallbacks: Set<string>;
  /** `$id` and `$anchor` places; collected when a reference first asks for one. */
  places: Places | undefined;
  /** Components by the pointer of the component that they have in their `allOf`; collected when a discriminator asks. */
  childComponents: Map<string, (Place & { key: string })[]> | undefined;
  /** Parts that operations refer to so far, shared ones counted at every use: what the stored model will hold. */
  operationParts: number;
  callbackOperations: number;
  readonly warnings: SpecWarning[];
  readonly warned: Set<string>;
};

/** Warnings that one document may give: the first ones tell the story. */
const maxWarnings = 500;

/** Parts of all operations; 1,030 operations of the largest document have 20,000. */
const maxOperationParts = 2_000_000;

/**
 * Counts the parts of one more operation. A small document may refer to a large response from each of its operations, and
 * the stored model holds it every time.
 * @throws DocumentTooComplexError when the operations have too many parts together
 */
export function countOperationParts(context: NormalizeContext, parts: number): void {
  context.operationParts += parts;
  if (context.operationParts > maxOperationParts) {
    throw new DocumentTooComplexError(
      `the operations have more than ${maxOperationParts} parts when references are followed`,
    );
  }
}

/** Adds a warning once for each `code` and `subject`. */
export function warn(context: NormalizeContext, code: string, subject: string, message: string, pointer: string): void {
  const key = `${code} ${subject}`;
  if (context.warned.has(key) || context.warnings.length >= maxWarnings) return;
  context.warned.add(key);
  context.warnings.push({ code, message, pointer });
}

/** Schemas of all documents that make one model: their ids are counted together. */
export type SharedSchemas = Pick<NormalizeContext, "schemas" | "schemaNotes">;

export function createContext(
  document: JsonObject,
  dialect: SpecDialect,
  warnings: readonly SpecWarning[],
  base: string,
  shared: SharedSchemas,
  unread?: UnreadSchemas,
): NormalizeContext {
  return {
    document,
    base,
    dialect,
    refSiblingsCount: dialect === "openapi-3.1" || dialect === "openapi-3.2",
    ...shared,
    placesByRef: new Map(),
    schemasByRef: new Map(),
    schemasByPointer: new Map(),
    waitingSchemas: [],
    unread,
    sharedParameters: new Map(),
    sharedRequestBodies: new Map(),
    sharedHeaders: new Map(),
    sharedResponses: new Map(),
    openCallbacks: new Set(),
    places: undefined,
    childComponents: undefined,
    operationParts: 0,
    callbackOperations: 0,
    warnings: [...warnings],
    warned: new Set(),
  };
}

/** Adds the annotations of schema `id`, which stands at `label` inside the annotated thing. */
export function addSchemaNotes(context: NormalizeContext, notes: Hash128, id: SchemaId, label: string): void {
  context.schemaNotes.get(id, scratch);
  if (!scratch.isZero()) notes.add(entry.reset(21).text(label).hash(scratch).finish());
}

const scratch = new Hash128();
const entry = new Hash128();
