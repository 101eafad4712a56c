import { createOpenApiDocument } from "../../shared/contracts/api/openapi.ts";
import type { systemRoutes } from "../../shared/contracts/api/system.ts";
import type { HandlersOf } from "./route-handler.ts";

let openApiDocument: Uint8Array | undefined;

export const systemHandlers = (): HandlersOf<typeof systemRoutes> => ({
  getHealth: async () => ({ status: 200, body: { data: { status: "ok" } } }),

  // Made on the first request that asks, so that no other one waits for it.
  getOpenApiDocument: async () => {
    openApiDocument ??= Buffer.from(JSON.stringify(createOpenApiDocument()));
    return { status: 200, body: { bytes: openApiDocument, mediaType: "application/json" } };
  },
});
