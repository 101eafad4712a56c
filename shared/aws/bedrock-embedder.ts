import { type BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import * as z from "zod";
import { checkedVectors, type EmbeddingModel } from "../embeddings/embedder.ts";
import { EmbeddingProviderError } from "../embeddings/errors.ts";

/** Calls at once of a model that takes one text a call. */
const parallelCalls = 8;
/** Cohere's limit of one call. */
const maxCohereTexts = 96;

const titanAnswer = z.object({ embedding: z.array(z.number()) });
const cohereAnswer = z.object({ embeddings: z.array(z.array(z.number())) });

/**
 * Embeds with a model of Amazon Bedrock: Titan Text Embeddings V2, one text a call, and Cohere Embed, up to 96.
 * @throws EmbeddingProviderError
 */
export const embedWithBedrock = async (
  client: BedrockRuntimeClient,
  modelId: string,
  model: EmbeddingModel,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> => {
  const invoke = async <T>(schema: z.ZodType<T>, body: Record<string, unknown>): Promise<T> => {
    const command = new InvokeModelCommand({
      modelId,
      contentType: "application/json",
      accept: "application/json",
      body: JSON.stringify(body),
    });
    try {
      const { body: answered } = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
      return schema.parse(JSON.parse(new TextDecoder().decode(answered)));
    } catch (error) {
      signal?.throwIfAborted();
      const said = error instanceof z.ZodError ? "something else than embeddings" : String(error);
      throw new EmbeddingProviderError(`Bedrock's ${modelId} answered ${said}`, { cause: error });
    }
  };

  const vectors: number[][] = [];
  const step = modelId.includes("cohere.") ? maxCohereTexts : parallelCalls;
  for (let start = 0; start < texts.length; start += step) {
    const batch = texts.slice(start, start + step);
    if (modelId.includes("cohere."))
      vectors.push(...(await invoke(cohereAnswer, { texts: batch, input_type: "search_document" })).embeddings);
    else
      vectors.push(
        ...(await Promise.all(
          batch.map(async (inputText) => {
            const { dimension: dimensions } = model;
            return (await invoke(titanAnswer, { inputText, dimensions, normalize: true })).embedding;
          }),
        )),
      );
  }
  return checkedVectors(model, texts.length, vectors);
};
