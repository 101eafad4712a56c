import { createServer } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, describe, expect, it } from "vitest";
import { embedWithBedrock } from "../../../shared/aws/bedrock-embedder.ts";
import { EmbeddingProviderError } from "../../../shared/embeddings/errors.ts";
import { embedWithOpenAi } from "../../../shared/embeddings/openai-compatible.ts";

const model = { id: "openai:small", dimension: 2 };

describe("embedding providers on the wire", () => {
  let close = () => {};
  afterEach(() => close());

  type Asked = { url?: string | undefined; headers: { authorization?: string | undefined } };
  type Answer = (request: Asked, body: unknown) => { status: number; json: unknown };

  /** The SDK speaks HTTP/2 with Bedrock. */
  const serve = async (answer: Answer, version: 1 | 2 = 1) => {
    const reply = async (
      request: Readable & Asked,
      response: { writeHead(status: number, headers: Record<string, string>): unknown; end(body: string): unknown },
    ) => {
      const { status, json } = answer(request, JSON.parse(await text(request)));
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(json));
    };
    const server =
      version === 2
        ? createHttp2Server((request, response) => void reply(request, response))
        : createServer((request, response) => void reply(request, response));
    close = () => void server.close();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  };

  it("asks an OpenAI-compatible endpoint as its protocol says, and puts the vectors in the texts' order", async () => {
    const asked: unknown[] = [];
    const url = await serve((request, body) => {
      asked.push([request.url, request.headers.authorization, body]);
      return {
        status: 200,
        json: {
          data: [
            { index: 1, embedding: [0, 2] },
            { index: 0, embedding: [3, 4] },
          ],
        },
      };
    });
    const endpoint = { baseUrl: `${url}/v1/`, apiKey: "k", model: "small" };
    const vectors = await embedWithOpenAi(endpoint, model, ["a", "b"]);
    expect(vectors.map((vector) => [...vector].map((value) => Number(value.toFixed(3))))).toEqual([
      [0.6, 0.8],
      [0, 1],
    ]);
    expect(asked).toEqual([
      ["/v1/embeddings", "Bearer k", { model: "small", input: ["a", "b"], encoding_format: "float" }],
    ]);
  });

  it.each([
    [{ status: 503, json: { error: "busy" } }, "answered 503"],
    [{ status: 200, json: { data: "none" } }, "something else than embeddings"],
    [{ status: 200, json: { data: [] } }, "0 vectors for 1 texts"],
    [{ status: 200, json: { data: [{ index: 0, embedding: [1, 2, 3] }] } }, "3 dimensions where 2 are configured"],
  ])("refuses an endpoint's answer that is none: %#", async (answer, message) => {
    const url = await serve(() => answer);
    const asking = embedWithOpenAi({ baseUrl: url, model: "small" }, model, ["a"]);
    await expect(asking).rejects.toThrow(EmbeddingProviderError);
    await expect(asking).rejects.toThrow(message);
  });

  it("asks Bedrock's Titan for each text and Cohere for all at once", async () => {
    const asked: unknown[] = [];
    const endpoint = await serve((request, body) => {
      asked.push([request.url, body]);
      const isCohere = request.url?.includes("cohere");
      return {
        status: 200,
        json: isCohere
          ? {
              embeddings: [
                [0, 1],
                [1, 0],
              ],
            }
          : { embedding: [1, 0] },
      };
    }, 2);
    const client = new BedrockRuntimeClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
      requestHandler: { requestTimeout: 5000 },
    });
    const titan = await embedWithBedrock(client, "amazon.titan-embed-text-v2:0", model, ["a"]);
    const cohere = await embedWithBedrock(client, "cohere.embed-english-v3", model, ["a", "b"]);
    client.destroy();
    expect([titan, cohere].map((vectors) => vectors.map((vector) => [...vector]))).toEqual([
      [[1, 0]],
      [
        [0, 1],
        [1, 0],
      ],
    ]);
    expect(asked).toEqual([
      ["/model/amazon.titan-embed-text-v2%3A0/invoke", { inputText: "a", dimensions: 2, normalize: true }],
      ["/model/cohere.embed-english-v3/invoke", { texts: ["a", "b"], input_type: "search_document" }],
    ]);
  });
});
