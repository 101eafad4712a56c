import { join } from "node:path";
import { Logger } from "@aws-lambda-powertools/logger";
import { bedrockClient } from "../../shared/aws/bedrock-client.ts";
import { embedWithBedrock } from "../../shared/aws/bedrock-embedder.ts";
import { secretReader } from "../../shared/aws/named-secret-reader.ts";
import { secretsClient } from "../../shared/aws/secrets-client.ts";
import { embedReply, embedTextsInvocation } from "../../shared/contracts/embed-texts.ts";
import { UnknownEmbeddingModelError } from "../../shared/embeddings/errors.ts";
import type { MiniLm } from "../../shared/embeddings/minilm.ts";
import { embedWithOpenAi } from "../../shared/embeddings/openai-compatible.ts";
import { toAppError } from "../../shared/pipeline/run-stage.ts";
import { embedderEnv } from "../runtime/env.ts";

const env = embedderEnv.parse(process.env);
const logger = new Logger({ serviceName: "embedder" });
const readSecret = secretReader(secretsClient);

/** The files that the bundler put beside this one. */
const modelFolder = join(import.meta.dirname, "model");
let loading: Promise<MiniLm> | undefined;

/** Loaded when it is first asked for: another provider's calls do without its 350 MB. */
const miniLm = (): Promise<MiniLm> => {
  loading ??= import("../../shared/embeddings/minilm.ts").then(({ loadMiniLm }) => loadMiniLm(modelFolder));
  return loading;
};

/**
 * Makes vectors of texts with the model that the caller names, also one that is no longer the configured one: its vectors
 * answer until new ones are made. Tells what went wrong as an answer, because Lambda keeps no class of an error.
 */
export const handler = async (event: unknown) => {
  const { model, texts } = embedTextsInvocation.parse(event);
  const [provider = "", ...rest] = model.id.split(":");
  const name = rest.join(":");
  try {
    return embedReply.encode(await embedWith(provider, name, model, texts));
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.error("embedder.failed", { model: model.id, texts: texts.length, error });
    return { error: { name: error.name, message: error.message, kind: error.kind } };
  }
};

const embedWith = async (
  provider: string,
  name: string,
  model: { id: string; dimension: number },
  texts: readonly string[],
): Promise<Float32Array[]> => {
  if (provider === "embedded") return (await miniLm()).embed(texts);
  if (provider === "bedrock") return embedWithBedrock(bedrockClient(), name, model, texts);
  if (provider === "openai" && env.EMBEDDING_BASE_URL !== "") {
    const apiKey = env.EMBEDDING_KEY_SECRET === "" ? undefined : await readSecret(env.EMBEDDING_KEY_SECRET);
    const endpoint = { baseUrl: env.EMBEDDING_BASE_URL, model: name, ...(apiKey === undefined ? {} : { apiKey }) };
    return embedWithOpenAi(endpoint, model, texts);
  }
  throw new UnknownEmbeddingModelError(`this deployment has no settings for the embedding model ${model.id}`);
};
