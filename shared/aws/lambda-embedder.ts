import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { embedReply } from "../contracts/embed-texts.ts";
import { checkedVectors, type Embedder } from "../embeddings/embedder.ts";
import { EmbeddingProviderError, UnknownEmbeddingModelError } from "../embeddings/errors.ts";

/** The embedder behind its own function: the model's memory and native code stay out of every other one. */
export const lambdaEmbedder = (options: { client: LambdaClient; functionName: string }): Embedder => ({
  async embed(model, texts, signal) {
    const { client, functionName } = options;
    const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify({ model, texts }) });
    const { Payload, FunctionError } = await client.send(command, signal === undefined ? {} : { abortSignal: signal });
    const text = new TextDecoder().decode(Payload);
    if (FunctionError !== undefined)
      throw new EmbeddingProviderError(`the embedder's function failed (${FunctionError}): ${text.slice(0, 300)}`);
    const reply = embedReply.decode(JSON.parse(text));
    if ("vectors" in reply)
      return checkedVectors(
        model,
        texts.length,
        reply.vectors.map((vector) => [...vector]),
      );
    if (reply.error.kind === "permanent") throw new UnknownEmbeddingModelError(reply.error.message);
    throw new EmbeddingProviderError(reply.error.message);
  },
});
