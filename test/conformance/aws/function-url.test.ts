import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type FixtureStack, functionActions, nodeFunction, role } from "./fixture-stack.ts";
import { functionUrl } from "./target.ts";

let stack: FixtureStack;
let url: string;

/** Writes one part, then waits for a second before it writes the other. */
const streamCode = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  if (event.rawPath === "/throws") throw new Error("secret");
  const metadata = { statusCode: 200, headers: { "content-type": "text/event-stream", "x-id": event.queryStringParameters.id } };
  const response = awslambda.HttpResponseStream.from(stream, metadata);
  response.write("data: first\\n\\n");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  response.write("data: second\\n\\n");
  response.end();
});`;

beforeAll(async () => {
  stack = await createStack(
    "function-url",
    {
      FunctionRole: role("lambda", functionActions),
      Stream: nodeFunction("FunctionRole", streamCode, 10),
      Url: {
        Type: "AWS::Lambda::Url",
        Properties: {
          TargetFunctionArn: { "Fn::GetAtt": ["Stream", "Arn"] },
          AuthType: "NONE",
          InvokeMode: "RESPONSE_STREAM",
        },
      },
      Permission: {
        Type: "AWS::Lambda::Permission",
        Properties: {
          FunctionName: { Ref: "Stream" },
          Action: "lambda:InvokeFunctionUrl",
          Principal: "*",
          FunctionUrlAuthType: "NONE",
        },
      },
    },
    { Url: { "Fn::GetAtt": ["Url", "FunctionUrl"] } },
  );
  url = functionUrl(stack.outputs.Url ?? "");
});
afterAll(() => stack.remove());

describe.concurrent("Lambda function URL with response streaming", () => {
  it("sends each part as the handler writes it, after the status and headers it set", async () => {
    const response = await fetch(`${url}/?id=7`);
    expect([response.status, response.headers.get("content-type"), response.headers.get("x-id")]).toEqual([
      200,
      "text/event-stream",
      "7",
    ]);
    const parts: { text: string; atMs: number }[] = [];
    for await (const bytes of response.body ?? []) {
      parts.push({ text: new TextDecoder().decode(bytes), atMs: Date.now() });
    }
    expect(parts.map((part) => part.text)).toEqual(["data: first\n\n", "data: second\n\n"]);
    expect((parts[1]?.atMs ?? 0) - (parts[0]?.atMs ?? 0)).toBeGreaterThan(500);
  });

  it("serves several streams at once", async () => {
    const texts = await Promise.all([1, 2, 3].map(async (id) => (await fetch(`${url}/?id=${id}`)).text()));
    expect(texts).toEqual(Array(3).fill("data: first\n\ndata: second\n\n"));
  });

  it("tells nothing of an error that comes before the first part", async () => {
    const response = await fetch(`${url}/throws`);
    expect([response.status, (await response.text()).includes("secret")]).toEqual([502, false]);
  });
});
