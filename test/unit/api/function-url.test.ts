import { expect, it } from "vitest";
import { functionUrlAt } from "../../../lambdas/runtime/function-url.ts";

it("is reached where AWS says, or under a path of the endpoint in its place", () => {
  const url = "https://abc.lambda-url.us-east-1.on.aws/";
  expect(functionUrlAt(url, undefined)).toBe(url);
  expect(functionUrlAt(url, "")).toBe(url);
  expect(functionUrlAt(url, "http://127.0.0.1:4566/")).toBe("http://127.0.0.1:4566/_aws/lambda-url/abc");
});
