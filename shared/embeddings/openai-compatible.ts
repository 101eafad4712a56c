import * as z from "zod";
import { checkedVectors, type EmbeddingModel } from "./embedder.ts";
import { EmbeddingProviderError } from "./errors.ts";

/** `/embeddings` of the OpenAI API, which Ollama, vLLM, LM Studio and others speak too. */
export type OpenAiEndpoint = {
  /** With its version: `https://api.openai.com/v1`, `http://127.0.0.1:11434/v1`. */
  baseUrl: string;
  apiKey?: string;
  /** The model as the endpoint calls it. */
  model: string;
};

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number().int().nonnegative(), embedding: z.array(z.number()) })),
});

/** As much of an error's text as a person needs. */
const maxErrorLength = 300;

/** @throws EmbeddingProviderError */
export const embedWithOpenAi = async (
  endpoint: OpenAiEndpoint,
  model: EmbeddingModel,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> => {
  const url = `${endpoint.baseUrl.replace(/\/+$/, "")}/embeddings`;
  const response = await fetch(url, {
    method: "POST",
    redirect: "error", // the key goes to the host that was configured, and to no other one
    headers: {
      "content-type": "application/json",
      ...(endpoint.apiKey === undefined ? {} : { authorization: `Bearer ${endpoint.apiKey}` }),
    },
    body: JSON.stringify({ model: endpoint.model, input: texts, encoding_format: "float" }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new EmbeddingProviderError(`the embedding endpoint ${url} cannot be reached`, { cause: error });
  });
  if (!response.ok) {
    const said = (await response.text()).slice(0, maxErrorLength);
    throw new EmbeddingProviderError(`the embedding endpoint ${url} answered ${response.status}: ${said}`);
  }
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (!answer.success)
    throw new EmbeddingProviderError(`the embedding endpoint ${url} answered something else than embeddings`);
  const inOrder = [...answer.data.data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding);
  return checkedVectors(model, texts.length, inOrder);
};
