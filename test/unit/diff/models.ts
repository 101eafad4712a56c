import type { OperationRef } from "../../../shared/diff/change-set.ts";
import { diffModels } from "../../../shared/diff/diff-models.ts";
import type { Fact } from "../../../shared/diff/facts.ts";
import { meaningsOfWholes } from "../../../shared/diff/meanings.ts";
import { type SchemaSide, schemaSideOf } from "../../../shared/diff/schema-side.ts";
import { requestWith } from "../../../shared/rules/example-documents.ts";
import type { JsonValue, SchemaId, SpecModel } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

type Parts = { [key: string]: unknown };

/** The model of an OpenAPI 3.1 document with these parts. */
export function modelOf(parts: Parts): SpecModel {
  const document = { openapi: "3.1.0", info: { title: "Pets", version: "1" }, paths: {}, ...parts };
  return normalize(parseDocument(new TextEncoder().encode(JSON.stringify(document))));
}

/** A schema where it stands in the request of a document of its own, with what a comparison asks about it. */
export function schemaIn(document: "before" | "after", schema: JsonValue): { side: SchemaSide; id: SchemaId } {
  const model = modelOf(requestWith(schema));
  const id = model.operations[0]?.requestBody?.content[0]?.schema ?? 0;
  return { side: schemaSideOf(model, document, meaningsOfWholes), id };
}

/** The paths of an API in which each operation answers, and where it takes a body takes, the component `Pet`. */
export function petPaths(...operations: string[]): Parts {
  const pet = { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } };
  const paths: Record<string, Parts> = {};
  for (const operation of operations) {
    const [method = "", path = ""] = operation.split(" ");
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        responses: { "200": { description: "A pet", content: pet } },
        ...(method !== "GET" && { requestBody: { content: pet, required: true } }),
      },
    };
  }
  return paths;
}

export type FactLine = {
  fact: string;
  direction: string;
  before: string | null;
  after: string | null;
  usedBy: string[];
};

/** The facts between two documents, each as far as a test reads it. */
export function factLines(before: Parts, after: Parts): FactLine[] {
  return diffModels(modelOf(before), modelOf(after)).map(lineOf);
}

function lineOf({ subject, action, direction, location, usedBy }: Fact): FactLine {
  return {
    fact: `${subject} ${action}`,
    direction,
    before: location.before,
    after: location.after,
    usedBy: usedBy.map((operation: OperationRef) => `${operation.method} ${operation.path}`),
  };
}
