import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createStack, type FixtureStack, functionActions, nodeFunction, role } from "./fixture-stack.ts";
import { httpApiUrl } from "./target.ts";

let stack: FixtureStack;
let url: string;

const echoCode = `exports.handler = async (event) => {
  if (event.rawPath === "/throws") throw new Error("secret");
  return { statusCode: 201, headers: { "x-echo": "yes" }, body: JSON.stringify(event) };
};`;
/** Lets "Bearer good..." in, and tells which invocation decided, so that a cached decision shows. */
const authorizerCode = `let calls = 0;
exports.handler = async ({ identitySource }) => ({
  isAuthorized: identitySource[0].startsWith("Bearer good"),
  context: { tenantId: "t-1", call: Date.now() + "/" + ++calls },
});`;

const apiGatewayLambdaPath = {
  "Fn::Join": [
    ":",
    ["arn", { Ref: "AWS::Partition" }, "apigateway", { Ref: "AWS::Region" }, "lambda:path/2015-03-31/functions/"],
  ],
};
const integration = { "Fn::Join": ["", ["integrations/", { Ref: "Integration" }]] };
const apiId = { Ref: "Api" };
const route = (RouteKey: string, more: Record<string, unknown> = {}) => ({
  Type: "AWS::ApiGatewayV2::Route",
  Properties: { ApiId: apiId, RouteKey, Target: integration, ...more },
});
const isPrivate = { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Authorizer" } };
const mayInvoke = (FunctionName: string) => ({
  Type: "AWS::Lambda::Permission",
  Properties: {
    FunctionName: { Ref: FunctionName },
    Action: "lambda:InvokeFunction",
    Principal: "apigateway.amazonaws.com",
  },
});

beforeAll(async () => {
  stack = await createStack(
    "http-api",
    {
      FunctionRole: role("lambda", functionActions),
      Echo: nodeFunction("FunctionRole", echoCode, 5),
      Decide: nodeFunction("FunctionRole", authorizerCode, 5),
      EchoPermission: mayInvoke("Echo"),
      DecidePermission: mayInvoke("Decide"),
      Api: {
        Type: "AWS::ApiGatewayV2::Api",
        Properties: {
          Name: "conformance",
          ProtocolType: "HTTP",
          CorsConfiguration: {
            AllowOrigins: ["https://app.example"],
            AllowMethods: ["GET"],
            AllowHeaders: ["authorization"],
          },
        },
      },
      Stage: {
        Type: "AWS::ApiGatewayV2::Stage",
        Properties: { ApiId: apiId, StageName: "$default", AutoDeploy: true },
      },
      Integration: {
        Type: "AWS::ApiGatewayV2::Integration",
        Properties: {
          ApiId: apiId,
          IntegrationType: "AWS_PROXY",
          IntegrationUri: { "Fn::GetAtt": ["Echo", "Arn"] },
          PayloadFormatVersion: "2.0",
        },
      },
      Authorizer: {
        Type: "AWS::ApiGatewayV2::Authorizer",
        Properties: {
          ApiId: apiId,
          Name: "bearer",
          AuthorizerType: "REQUEST",
          AuthorizerPayloadFormatVersion: "2.0",
          EnableSimpleResponses: true,
          IdentitySource: ["$request.header.Authorization"],
          AuthorizerResultTtlInSeconds: 60,
          AuthorizerUri: {
            "Fn::Join": ["", [apiGatewayLambdaPath, { "Fn::GetAtt": ["Decide", "Arn"] }, "/invocations"]],
          },
        },
      },
      EchoRoute: route("POST /echo/{id}"),
      ThrowsRoute: route("GET /throws"),
      PrivateRoute: route("GET /private/{id}", isPrivate),
      OtherPrivateRoute: route("POST /private/{id}", isPrivate),
    },
    { ApiId: apiId },
  );
  url = httpApiUrl(stack.outputs.ApiId ?? "", stack.region);
  await vi.waitFor(async () => expect((await fetch(`${url}/echo/ready`, { method: "POST" })).status).toBe(201), {
    timeout: 20_000,
  });
});
afterAll(() => stack.remove());

const getPrivate = (authorization?: string, id = "1") =>
  fetch(`${url}/private/${id}`, { headers: authorization ? { authorization } : {} });

describe.concurrent("HTTP API", () => {
  it("hands a function the request in payload format 2.0", async () => {
    const response = await fetch(`${url}/echo/a%20b?x=1&x=2&y=`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Thing": "T" },
      body: '{"n":1}',
    });
    expect([response.status, response.headers.get("x-echo")]).toEqual([201, "yes"]);
    expect(await response.json()).toMatchObject({
      version: "2.0",
      routeKey: "POST /echo/{id}",
      rawPath: "/echo/a b",
      rawQueryString: "x=1&x=2&y=",
      headers: { "content-type": "application/json", "x-thing": "T" },
      queryStringParameters: { x: "1,2", y: "" },
      pathParameters: { id: "a b" },
      requestContext: {
        apiId: stack.outputs.ApiId,
        stage: "$default",
        routeKey: "POST /echo/{id}",
        http: { method: "POST", path: "/echo/a b" },
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    });
  });

  it("answers 404 to an unknown route and to a known path with another method", async () => {
    const responses = [await fetch(`${url}/unknown`), await fetch(`${url}/echo/1`)];
    expect(await Promise.all(responses.map(async (one) => [one.status, await one.json()]))).toEqual([
      [404, { message: "Not Found" }],
      [404, { message: "Not Found" }],
    ]);
  });

  it("answers 500 without the error's text when a function throws", async () => {
    const response = await fetch(`${url}/throws`);
    expect([response.status, await response.json()]).toEqual([500, { message: "Internal Server Error" }]);
  });

  it("answers 413 to a body above 10 MB", async () => {
    const body = "x".repeat(10 * 1024 * 1024 + 1);
    expect((await fetch(`${url}/echo/1`, { method: "POST", body })).status).toBe(413);
  });

  it("answers a preflight by itself, with the configured origin only", async () => {
    const preflight = (origin: string) =>
      fetch(`${url}/private/1`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "GET", "access-control-request-headers": "authorization" },
      });
    const [known, unknown] = await Promise.all([preflight("https://app.example"), preflight("https://other.example")]);
    expect([known.status, known.headers.get("access-control-allow-origin")]).toEqual([204, "https://app.example"]);
    expect(unknown.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("answers 401 without the identity source, 403 when the authorizer says no", async () => {
    const [missing, refused] = [await getPrivate(), await getPrivate("Bearer bad")];
    expect([missing.status, await missing.json()]).toEqual([401, { message: "Unauthorized" }]);
    expect([refused.status, await refused.json()]).toEqual([403, { message: "Forbidden" }]);
  });

  it("passes the authorizer's context on, and asks it once for one identity within the TTL", async () => {
    const context = async (response: Response) => JSON.parse(await response.text()).requestContext.authorizer.lambda;
    const first = await context(await getPrivate("Bearer good-1"));
    expect(first).toMatchObject({ tenantId: "t-1" });
    expect(await context(await getPrivate("Bearer good-1", "2"))).toEqual(first);
    expect(await context(await getPrivate("Bearer good-2"))).not.toEqual(first);
  });
});
