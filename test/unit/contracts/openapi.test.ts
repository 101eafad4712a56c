import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createOpenApiDocument, operationsOf } from "../../../shared/contracts/api/openapi.ts";
import type { Route } from "../../../shared/contracts/api/route.ts";
import { routes } from "../../../shared/contracts/api/routes.ts";
import { createApiHarness } from "../api/api-harness.ts";

const document = createOpenApiDocument();
const isOpenObject = z.looseObject({
  type: z.literal("object"),
  additionalProperties: z.unknown().refine((value) => value !== false),
});

describe("the API's document", () => {
  it("is valid OpenAPI 3.1.1", async () => {
    expect(document.openapi).toBe("3.1.1");
    expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
  });

  it("is served to anyone, as it was made", async () => {
    const { status, headers, body } = await createApiHarness().request("GET /api/openapi.json");
    expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it("has every route with an operation id of its own, and no other", () => {
    const operationIds = operationsOf(document).map(({ operation }) => operation.operationId);
    expect(operationIds.sort()).toEqual(Object.keys(routes).sort());
  });

  it("says that an answer has no fields but those it names", () => {
    const schemas: Record<string, unknown> = { ...document.components?.schemas };
    const open = Object.entries(schemas).filter(([, schema]) => isOpenObject.safeParse(schema).success);
    expect(open.map(([name]) => name)).toEqual([]);
  });

  it("lets every POST that changes something carry an Idempotency-Key", () => {
    const computing = Object.values<Route>(routes).filter(({ changesNothing }) => changesNothing);
    expect(computing.map(({ path }) => path)).toEqual(["/api/diff", "/api/v1/jobengine/runs/{runId}/stream-ticket"]);
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      if (item.post === undefined || computing.some((route) => route.path === path)) continue;
      const headers = item.post.parameters?.map((parameter) => ("name" in parameter ? parameter.name : "")) ?? [];
      expect(headers).toContain("Idempotency-Key");
    }
  });

  it("asks for a key everywhere but where anyone may read", () => {
    const open = operationsOf(document).flatMap(({ path, operation }) =>
      operation.security?.length === 0 ? [path] : [],
    );
    expect(document.security).toEqual([{ apiKey: [] }]);
    expect(open).toEqual(["/api/health", "/api/openapi.json", "/api/feeds/{feedToken}", "/health"]);
  });
});
