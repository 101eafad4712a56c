import { sha256 } from "../snapshots/sha256.ts";
import type { OperationNode, SpecModel } from "../spec/model.ts";
import type { EmbeddingModel } from "./embedder.ts";

/** Beyond the first sentences a description tells details, which draw its vector away from what the operation does. */
const maxDescriptionLength = 300;
const maxTitleLength = 200;
const maxNames = 24;

/**
 * What an operation is embedded as: what it does and on what. Names of its inputs are for the word search: in a vector
 * they are noise. Depends on the model alone, so that an operation that did not change has the same text in every version.
 *
 * @example operationText(operation) // "Create a refund.\nPOST v1 refunds\nCreate a refund. When you …"
 */
export const operationText = (operation: OperationNode): string => {
  const { tags, method, path, description } = operation;
  return [
    [titleOf(operation), ...tags].filter((part) => part !== "").join(". "),
    `${method} ${path.split("/").map(wordsOf).join(" ").trim()}`,
    plainText(description ?? "").slice(0, maxDescriptionLength),
  ]
    .filter((line) => line !== "")
    .join("\n");
};

/** What an operation is called: its summary, else what its description begins with, else the words of its id. */
export const titleOf = ({
  summary,
  description,
  operationId,
}: Partial<Pick<OperationNode, "summary" | "description" | "operationId">>): string => {
  const [firstSentence = ""] = plainText(description ?? "").split(/(?<=[.!?])\s/);
  return summary?.trim() || firstSentence.slice(0, maxTitleLength) || wordsOf(operationId ?? "");
};

/** Names of the parameters, then of the request body's properties. */
export const inputNames = (model: SpecModel, { parameters, requestBody }: OperationNode): string[] => {
  const names = parameters.filter(({ in: place }) => place !== "header").map(({ name }) => name);
  for (const { schema } of requestBody?.content ?? []) {
    const properties = schema === undefined ? undefined : model.schemas[schema]?.properties;
    names.push(...Object.keys(properties ?? {}));
  }
  return [...new Set(names)].slice(0, maxNames);
};

/** @example wordsOf("listPullRequests_v2") // "list pull requests v2" */
export const wordsOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

/** A description without its markup: tags, links' targets, and marks of Markdown. */
export const plainText = (markup: string): string =>
  markup
    .replace(/<[^<>]{0,500}>/g, " ")
    .replace(/\]\([^()\s]{0,1000}\)/g, "] ")
    .replace(/[`*_#[\]|]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Names the vector of a text: the same text under the same model is embedded once. 64 hex digits. */
export const vectorId = (text: string, { id, dimension }: EmbeddingModel): string =>
  sha256(`${text}\0${id}\0${dimension}`);
