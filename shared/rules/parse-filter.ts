import type { OperationFilter } from "./adjust-change-set.ts";

const kinds: readonly OperationFilter["by"][] = ["path", "method", "tag"];

/**
 * Reads one filter; `undefined` for what is none.
 * @example parseFilter("path:/v1/*") // { by: "path", pattern: "/v1/*" }
 */
export function parseFilter(text: string): OperationFilter | undefined {
  const colon = text.indexOf(":");
  const by = kinds.find((kind) => kind === text.slice(0, Math.max(0, colon)));
  const pattern = text.slice(colon + 1).trim();
  return by === undefined || pattern === "" ? undefined : { by, pattern };
}
