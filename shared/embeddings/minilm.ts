import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { embeddedModel } from "../contracts/embedded-model.ts";
import { type EmbeddingModel, normalized } from "./embedder.ts";
import { ModelFilesError } from "./errors.ts";

export const miniLmModel: EmbeddingModel = embeddedModel;

/** What the model was made for; it cuts off what is longer. */
const maxTokens = 256;
/** Texts that go through the model at once: more take more memory and no less time each. */
const textsPerPass = 8;

export type MiniLm = { embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> };

/**
 * Loads the model from a folder with `model.onnx` and `tokenizer.json` (`local/minilm-model.ts` fetches them). About 0.4 s
 * and 350 MB.
 * @throws ModelFilesError when they are not there
 */
export const loadMiniLm = async (folder: string, threads = 1): Promise<MiniLm> => {
  const tokenizer = await loadTokenizer(folder);
  const session = await InferenceSession.create(join(folder, "model.onnx"), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });

  const pass = async (encoded: readonly number[][]): Promise<Float32Array[]> => {
    const width = Math.max(...encoded.map((ids) => ids.length));
    const ids = new BigInt64Array(encoded.length * width);
    const mask = new BigInt64Array(encoded.length * width);
    encoded.forEach((row, index) => {
      row.forEach((id, position) => {
        ids[index * width + position] = BigInt(id);
        mask[index * width + position] = 1n;
      });
    });
    const shape = [encoded.length, width];
    const answer = await session.run({
      input_ids: new Tensor("int64", ids, shape),
      attention_mask: new Tensor("int64", mask, shape),
      token_type_ids: new Tensor("int64", new BigInt64Array(encoded.length * width), shape),
    });
    const hidden = answer.last_hidden_state?.data;
    if (!(hidden instanceof Float32Array)) throw new ModelFilesError("the model's output is not last_hidden_state");
    return encoded.map((row, index) => normalized(meanOf(hidden, index * width, row.length)));
  };

  return {
    async embed(texts, signal) {
      const encoded = texts.map((text) => cut(tokenizer.encode(text).ids));
      // Texts of one length go together: the padding of a short text costs as much as the text of a long one.
      const order = encoded.map((_, index) => index).sort((a, b) => lengthAt(encoded, a) - lengthAt(encoded, b));
      const vectors: Float32Array[] = new Array(texts.length);
      for (let start = 0; start < order.length; start += textsPerPass) {
        signal?.throwIfAborted();
        const batch = order.slice(start, start + textsPerPass);
        const made = await pass(batch.map((index) => encoded[index] ?? []));
        batch.forEach((index, position) => {
          const vector = made[position];
          if (vector !== undefined) vectors[index] = vector;
        });
      }
      return vectors;
    },
  };
};

const lengthAt = (encoded: readonly number[][], index: number): number => encoded[index]?.length ?? 0;

/** Keeps the token that ends a text. */
const cut = (ids: number[]): number[] => {
  const last = ids.at(-1);
  return ids.length <= maxTokens || last === undefined ? ids : [...ids.slice(0, maxTokens - 1), last];
};

const meanOf = (hidden: Float32Array, firstToken: number, tokenCount: number): Float32Array => {
  const { dimension } = miniLmModel;
  const mean = new Float32Array(dimension);
  for (let token = firstToken; token < firstToken + tokenCount; token += 1) {
    for (let at = 0; at < dimension; at += 1) mean[at] = (mean[at] ?? 0) + (hidden[token * dimension + at] ?? 0);
  }
  return mean.map((sum) => sum / tokenCount);
};

const loadTokenizer = async (folder: string): Promise<Tokenizer> => {
  try {
    return new Tokenizer(JSON.parse(await readFile(join(folder, "tokenizer.json"), "utf8")), {});
  } catch (error) {
    throw new ModelFilesError(`the embedding model is not in ${folder}: npm run model fetches it`, { cause: error });
  }
};
