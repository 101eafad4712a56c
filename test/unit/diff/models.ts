import type { OperationRef } from "../../../shared/diff/change-set.ts";
import { diffModels } from "../../../shared/diff/diff-models.ts";
import type { Fact } from "../../../shared/diff/facts.ts";
import type { SpecModel } from "../../../shared/spec/model.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

type Parts = { [key: string]: unknown };

/** The model of an OpenAPI 3.1 document with these parts. */
export function modelOf(parts: Parts): SpecModel {
  const document = { openapi: "3.1.0", info: { title: "Pets", version: "1" }, paths: {}, ...parts };
  return normalize(parseDocument(new TextEncoder().encode(JSON.stringify(document))));
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
