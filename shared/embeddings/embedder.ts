import { EmbeddingProviderError } from "./errors.ts";

/**
 * What makes vectors of texts. `id` names provider and model (`embedded:minilm`, `openai:text-embedding-3-small`,
 * `bedrock:amazon.titan-embed-text-v2:0`), so that vectors of another model are told apart for good.
 */
export type EmbeddingModel = { id: string; dimension: number };

export type Embedder = {
  /**
   * A vector of length 1 for each text, in their order.
   * @param signal aborts the call
   * @throws EmbeddingTimeoutError, EmbeddingProviderError
   */
  embed(model: EmbeddingModel, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
};

/** The vector with length 1; one of zeros stays as it is. */
export const normalized = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
};

/**
 * Vectors as a provider gave them, checked and brought to length 1.
 * @throws EmbeddingProviderError when they are not one for each text, or not of the model's dimension
 */
export const checkedVectors = (
  model: EmbeddingModel,
  textCount: number,
  vectors: readonly (readonly number[])[],
): Float32Array[] => {
  if (vectors.length !== textCount)
    throw new EmbeddingProviderError(`${model.id} answered with ${vectors.length} vectors for ${textCount} texts`);
  return vectors.map((vector) => {
    if (vector.length !== model.dimension)
      throw new EmbeddingProviderError(
        `${model.id} answered with ${vector.length} dimensions where ${model.dimension} are configured`,
      );
    return normalized(Float32Array.from(vector));
  });
};
