import { createHash } from "node:crypto";
import { canonicalJson, compareStrings } from "../canonical-json.ts";
import { DuplicateOperationError } from "../errors.ts";
import { fingerprint } from "../fingerprint.ts";
import type { OperationNode, SecurityAlternative, SecuritySchemeNode, SpecModel } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { createSharedSchemas, type DocumentToRead, readModel } from "./normalize.ts";

/** One of the documents that together describe an API. */
export type ComposedDocument = {
  parsed: DocumentToRead;
  /** Its name among the others: every pointer in it starts with this. */
  key: string;
  /** For messages. */
  source: string;
};

/** Titles that are named before the rest is counted. */
const maxTitles = 3;

/**
 * One model of several documents: the operations of all of them. What operations inherit from their document (servers,
 * security) they carry already, so that each is what it is in its own document. Pointers start with the document's key:
 * `/orders.yaml/paths/~1orders/get`.
 * @param documents at least one
 * @throws DuplicateOperationError two documents have the same operation
 * @throws DocumentTooComplexError
 */
export function composeModels(documents: readonly ComposedDocument[]): SpecModel {
  const shared = createSharedSchemas();
  const models = documents.map(({ parsed, key }) => readModel(parsed, `/${escapePointerToken(key)}`, shared));
  const sourceOf = (index: number) => documents[index]?.source ?? "";
  refuseDuplicates(models, sourceOf);
  const byName = new Map<string, SecuritySchemeNode>();
  for (const [index, model] of models.entries()) addSchemes(byName, model, documents[index]?.key ?? "");
  const model: SpecModel = {
    modelVersion: 1,
    dialect: models[0]?.dialect ?? "openapi-3.0",
    info: { title: titleOf(models), version: distinct(models.map(({ info }) => info.version)).join(", ") },
    rootHash: "",
    annotationsHash: createHash("sha256")
      .update(
        models
          .map(({ annotationsHash }) => annotationsHash)
          .sort()
          .join("\n"),
      )
      .digest("hex"),
    schemas: shared.schemas,
    components: Object.assign({}, ...models.map(({ components }) => components).reverse()),
    operations: sorted(models.flatMap(({ operations }) => operations)),
    webhooks: sorted(models.flatMap(({ webhooks }) => webhooks)),
    security: commonSecurity(models),
    securitySchemes: [...byName.values()].sort((a, b) => compareStrings(a.name, b.name)),
    servers: [...new Map(models.flatMap(({ servers }) => servers).map((server) => [server.url, server])).values()],
    tags: distinct(models.flatMap(({ tags }) => tags)),
    warnings: models.flatMap(({ warnings }) => warnings),
  };
  fingerprint(model, shared.schemaNotes);
  return model;
}

function refuseDuplicates(models: readonly SpecModel[], sourceOf: (index: number) => string): void {
  const owners = new Map<string, number>();
  for (const [index, { operations, webhooks }] of models.entries()) {
    const named = [
      ...operations.map(({ method, path, pathKey }) => ({ key: `${method} ${pathKey}`, shown: `${method} ${path}` })),
      ...webhooks.map(({ method, path }) => ({
        key: `webhook ${method} ${path}`,
        shown: `the webhook ${method} ${path}`,
      })),
    ];
    for (const { key, shown } of named) {
      const owner = owners.get(key);
      if (owner !== undefined && owner !== index) {
        throw new DuplicateOperationError(
          `both ${sourceOf(owner)} and ${sourceOf(index)} have ${shown}; name documents that do not describe the same operation`,
        );
      }
      owners.set(key, index);
    }
  }
}

/** Adds the security schemes of a document. One whose name means something else in another document gets the key to its name. */
function addSchemes(byName: Map<string, SecuritySchemeNode>, model: SpecModel, key: string): void {
  const renamed = new Map<string, string>();
  for (const scheme of model.securitySchemes) {
    const known = byName.get(scheme.name);
    if (known === undefined) byName.set(scheme.name, scheme);
    else if (meaningOf(known) !== meaningOf(scheme)) {
      const name = `${scheme.name} (${key})`;
      renamed.set(scheme.name, name);
      byName.set(name, { ...scheme, name });
    }
  }
  if (renamed.size === 0) return;
  const rename = (security: SecurityAlternative[]) =>
    security.map((alternative) =>
      alternative.map(({ scheme, scopes }) => ({ scheme: renamed.get(scheme) ?? scheme, scopes })),
    );
  const visit = (operation: OperationNode) => {
    operation.security = rename(operation.security);
    for (const callback of operation.callbacks) callback.operations.forEach(visit);
  };
  model.security = rename(model.security);
  for (const operation of [...model.operations, ...model.webhooks]) visit(operation);
}

function meaningOf(scheme: SecuritySchemeNode): string {
  return canonicalJson({ ...scheme, pointer: "", annotationsHash: "" });
}

/** What all documents ask for; each operation has its own in any case. */
function commonSecurity(models: readonly SpecModel[]): SecurityAlternative[] {
  const [first = [], ...others] = models.map(({ security }) => security);
  return others.every((one) => canonicalJson(one) === canonicalJson(first)) ? first : [];
}

function titleOf(models: readonly SpecModel[]): string {
  const titles = distinct(models.map(({ info }) => info.title));
  const more = titles.length - maxTitles;
  return titles.slice(0, maxTitles).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ""))].sort();
}

function sorted(operations: OperationNode[]): OperationNode[] {
  return operations.sort((a, b) => compareStrings(a.path, b.path) || compareStrings(a.method, b.method));
}
