import * as z from "zod";
import { dataOf } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const systemRoutes = defineRoutes({
  getHealth: {
    method: "GET",
    path: "/api/health",
    access: "public",
    tag: "System",
    summary: "Whether the API answers",
    answers: { 200: { description: "It does.", schema: dataOf(z.object({ status: z.literal("ok") })) } },
  },
  getOpenApiDocument: {
    method: "GET",
    path: "/api/openapi.json",
    access: "public",
    tag: "System",
    summary: "This document",
    answers: { 200: { description: "OpenAPI 3.1.1.", mediaTypes: ["application/json"] } },
  },
});
