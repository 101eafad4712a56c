import type { OperationSummary, SpecModel } from "./model.ts";

/** The operations of a snapshot as rows of a list, in the model's order; webhooks are not requests and stay out. */
export function listOperations(model: SpecModel): OperationSummary[] {
  return model.operations.map(({ method, path, operationId, summary, tags, deprecated, servers, hash }) => ({
    method,
    path,
    ...(operationId === undefined ? {} : { operationId }),
    ...(summary === undefined ? {} : { summary }),
    tags,
    deprecated,
    domain: tags[0] ?? firstSegment(path),
    ...(servers.every(({ url }) => url === "/") ? {} : { servers: servers.map(({ url }) => url) }),
    hash,
  }));
}

function firstSegment(path: string): string {
  return path.split("/").find((segment) => segment !== "") ?? "";
}
