import type { EmbeddingModel } from "../embeddings/embedder.ts";
import { inputNames, operationText, plainText, titleOf, vectorId, wordsOf } from "../embeddings/operation-text.ts";
import type { OperationNode, SpecModel } from "../spec/model.ts";
import { listOperations } from "../spec/operations.ts";
import type { OperationToIndex, SearchField } from "./build-index.ts";

/** Longer descriptions say the same again, and weigh down every word of theirs. */
const maxDescriptionLength = 1000;

/** An operation with the text that is embedded for it; its vector is still missing. */
export type OperationToEmbed = Omit<OperationToIndex, "vector"> & { text: string };

/** Every operation of a document, in the model's order. */
export const operationsToIndex = (model: SpecModel, embeddingModel: EmbeddingModel): OperationToEmbed[] => {
  const summaries = listOperations(model);
  return model.operations.flatMap((operation, position) => {
    const summary = summaries[position];
    if (summary === undefined) return [];
    const text = operationText(operation);
    return [
      { operation: { ...summary, vectorId: vectorId(text, embeddingModel) }, text, fields: fieldsOf(model, operation) },
    ];
  });
};

const fieldsOf = (model: SpecModel, operation: OperationNode): Record<SearchField, string> => ({
  title: `${titleOf(operation)} ${operation.operationId ?? ""}`,
  path: `${operation.method} ${wordsOf(operation.path)}`,
  tags: operation.tags.join(" "),
  inputs: inputNames(model, operation).join(" "),
  description: plainText(operation.description ?? "").slice(0, maxDescriptionLength),
});
