import { DocumentTooComplexError } from "../errors.ts";
import { fingerprint, fingerprintSlice } from "../fingerprint.ts";
import { HashTable } from "../hash-table.ts";
import { Hash128 } from "../hash128.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { SchemaId, SpecModel } from "../model.ts";
import type { ParsedDocument } from "../parse.ts";
import { escapePointerToken, splitPointer } from "../pointers.ts";
import type { SchemaTaker } from "../schema-parts.ts";
import type { Slice } from "../slice/slice.ts";
import { addAnnotation, addAnnotations, addNodeNotes, notesHash } from "./annotations.ts";
import { addSchemaNotes, createContext, type NormalizeContext, type SharedSchemas } from "./context.ts";
import { readPathItems } from "./operations.ts";
import { followTokens } from "./references.ts";
import { readWaitingSchemas, resolveSchemaPlace } from "./schema-references.ts";
import { aliasOf } from "./schemas.ts";
import { readSecurity, readSecuritySchemes } from "./security.ts";
import { readDocumentServers, readSwagger2Servers } from "./servers.ts";
import type { UnreadSchemas } from "./unread-schemas.ts";

/**
 * Brings a document of any version into the one form that everything else reads, with its hashes. References become edges
 * and are never expanded; what is wrong in the document becomes a warning of the model.
 * @throws DocumentTooComplexError when references make of the document more than can be stored
 * @example normalize(parseDocument(bytes)).operations.length
 */
export function normalize(parsed: DocumentToRead): SpecModel {
  const shared = createSharedSchemas();
  const model = readModel(parsed, "", shared);
  fingerprint(model, shared.schemaNotes);
  return model;
}

/**
 * Reads what of a document `slice` names, and the document's own security, servers and security schemes. For nothing but
 * a comparison with the other slice: the model has no hashes of the whole, and its schemas read themselves when needed.
 * @throws DocumentTooComplexError
 */
export function normalizeSlice(parsed: DocumentToRead, slice: Slice): SlicedModel {
  const unread: UnreadSchemas = {
    ...slice,
    alikePlaces: new Set(),
    conduitBodies: new Map(),
    ids: new Set(),
    areHashed: false,
  };
  const model = readModel(parsed, "", createSharedSchemas(), { ...slice, unread });
  const taker = fingerprintSlice(model, unread.ids);
  unread.areHashed = true;
  return { model, taker, alikePlaces: unread.alikePlaces, conduitBodies: unread.conduitBodies };
}

/** The model of a slice, and what takes its schemas apart. */
export type SlicedModel = { model: SpecModel; taker: SchemaTaker } & Pick<
  UnreadSchemas,
  "alikePlaces" | "conduitBodies"
>;

export type DocumentToRead = Pick<ParsedDocument, "document" | "dialect" | "warnings">;

export function createSharedSchemas(): SharedSchemas {
  return { schemas: [], schemaNotes: new HashTable() };
}

/**
 * The model of a document, save for its hashes.
 * @param base pointer of the document itself, before every pointer in it
 * @param shared takes the schemas
 * @param slice what to read, where that is not everything
 * @throws DocumentTooComplexError
 */
export function readModel(
  parsed: DocumentToRead,
  base: string,
  shared: SharedSchemas,
  slice?: Slice & { unread: UnreadSchemas },
): SpecModel {
  const { document, dialect } = parsed;
  const context = createContext(document, dialect, parsed.warnings, base, shared, slice?.unread);
  const { paths, webhooks: hooks } = slice ?? document;
  for (const pointer of slice?.alsoRead ?? []) {
    resolveSchemaPlace(context, followTokens(document, splitPointer(pointer) ?? [], base), pointer, pointer);
  }
  const isSwagger2 = dialect === "swagger-2.0";
  const security = readSecurity(document.security) ?? [];
  const servers = isSwagger2
    ? readSwagger2Servers(document, document.schemes, `${base}/schemes`, base)
    : readDocumentServers(document, base);
  const inherited = { security, servers };
  const components = readComponents(context);
  const operations = readPathItems(context, paths, `${base}/paths`, inherited);
  const webhooks = context.refSiblingsCount ? readPathItems(context, hooks, `${base}/webhooks`, inherited) : [];
  const securitySchemes = readSecuritySchemes(context);
  readWaitingSchemas(context);
  limitPointers(context);
  const info = isJsonObject(document.info) ? document.info : {};
  const model: SpecModel = {
    modelVersion: 1,
    dialect,
    info: { title: textOf(info.title), version: textOf(info.version) },
    rootHash: "",
    annotationsHash: "",
    schemas: context.schemas,
    components,
    operations,
    webhooks,
    security,
    securitySchemes,
    servers,
    tags: readTags(document),
    warnings: context.warnings,
  };
  if (slice === undefined) model.annotationsHash = hashDocumentNotes(context, model);
  return model;
}

/** Characters that the pointers of all schemas may have; the largest document has 4 million. */
const maxPointerChars = 100_000_000;

/**
 * Every schema names its place: many of them far down, or many references into one deep schema, would make of a small
 * document a model that nobody can store.
 * @throws DocumentTooComplexError when the pointers are too long together
 */
function limitPointers({ schemas }: NormalizeContext): void {
  let chars = 0;
  for (const { pointer } of schemas) chars += pointer.length;
  if (chars <= maxPointerChars) return;
  throw new DocumentTooComplexError(
    `the document has ${schemas.length} schemas nested so deeply that their places take ${chars} characters; the limit is ${maxPointerChars}`,
  );
}

/** Schemas by component name, used or not: those that merely stand for another one are that one. */
function readComponents(context: NormalizeContext): Record<string, SchemaId> {
  const { document } = context;
  const isSwagger2 = context.dialect === "swagger-2.0";
  const holder = isJsonObject(document.components) ? document.components : {};
  const schemas = isSwagger2 ? document.definitions : holder.schemas;
  const base = context.base + (isSwagger2 ? "/definitions/" : "/components/schemas/");
  const components: Record<string, SchemaId> = {};
  if (!isJsonObject(schemas)) return components;
  for (const name in schemas) {
    const pointer = base + escapePointerToken(name);
    const id = resolveSchemaPlace(context, { value: schemas[name] ?? null, pointer }, name, pointer);
    components[name] = id;
    const node = context.schemas[id];
    if (node !== undefined && node.pointer === pointer) node.name = name;
  }
  return components;
}

function readTags(document: JsonObject): string[] {
  if (!Array.isArray(document.tags)) return [];
  return document.tags.flatMap((tag) => (isJsonObject(tag) && typeof tag.name === "string" ? [tag.name] : []));
}

/** Words of the whole document; each schema component counts once, by its name. */
function hashDocumentNotes(context: NormalizeContext, model: SpecModel): string {
  const { document } = context;
  const notes = new Hash128();
  addAnnotations(notes, document);
  if (document.info !== undefined) addAnnotation(notes, "info", document.info);
  if (document.tags !== undefined) addAnnotation(notes, "tags", document.tags);
  for (const operation of [...model.operations, ...model.webhooks])
    addNodeNotes(notes, `${operation.method} ${operation.path}`, operation);
  for (const scheme of model.securitySchemes) addNodeNotes(notes, scheme.name, scheme);
  for (const server of model.servers) addNodeNotes(notes, server.url, server);
  const holder = isJsonObject(document.components) ? document.components.schemas : document.definitions;
  for (const [name, id] of Object.entries(model.components)) {
    addSchemaNotes(context, notes, id, name);
    const written = isJsonObject(holder) ? holder[name] : undefined;
    if (isJsonObject(written) && aliasOf(context, written) !== undefined) addAnnotations(notes, written);
  }
  return notesHash(notes);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}
