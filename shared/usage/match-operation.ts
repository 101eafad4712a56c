import type { OperationRef } from "../diff/change-set.ts";
import { matchesWildcard } from "../rules/wildcard.ts";
import type { OperationSummary } from "../spec/model.ts";

type Template = {
  operation: OperationRef;
  /** Of a server; `undefined` where the document names none. */
  host: string | undefined;
  /** Segments as patterns: what is in braces is `*`. */
  segments: string[];
  /** Smaller is more specific: a letter for each segment. */
  rank: string;
};

/**
 * Finds the operation that a call is of, by method, server and templated path. A URL must be of one of the operation's
 * servers, or of `baseUrl`; a path alone is looked up with and without the path of the servers. Where several operations
 * fit, the most specific one is meant (OpenAPI, "Path Templating Matching").
 */
export function createOperationMatcher(
  operations: readonly OperationSummary[],
  baseUrl?: string,
): (method: string, target: string) => OperationRef | undefined {
  const own = baseUrl === undefined ? [] : [baseUrl];
  const atServers = byShape(operations, ({ servers = ["/"] }) => [...servers, ...own]);
  const barePaths = byShape(operations, () => ["/"]);

  return (method, target) => {
    const { host, path } = partsOf(target);
    const segments = segmentsOf(path);
    const shape = `${method.toUpperCase()} ${segments.length}`;
    const candidates = [...(atServers.get(shape) ?? []), ...(host === undefined ? (barePaths.get(shape) ?? []) : [])];
    const [best] = candidates
      .filter((template) => isOfHost(template, host) && fits(template, segments))
      .sort((one, other) => (one.rank < other.rank ? -1 : 1));
    return best?.operation;
  };
}

/** Templates by what a call must share with them at least: method, and number of segments. */
const byShape = (
  operations: readonly OperationSummary[],
  serversOf: (operation: OperationSummary) => readonly string[],
): Map<string, Template[]> =>
  Map.groupBy(
    operations.flatMap((operation) => serversOf(operation).map((server) => templateOf(operation, server))),
    ({ operation, segments }) => `${operation.method.toUpperCase()} ${segments.length}`,
  );

function templateOf({ method, path }: OperationSummary, server: string): Template {
  const { host, path: basePath } = partsOf(server);
  const segments = [...segmentsOf(basePath), ...segmentsOf(path)].map((segment) =>
    segment.replaceAll(/\{[^{}]*\}/g, "*"),
  );
  const rank = segments.map((segment) => (segment === "*" ? "c" : segment.includes("*") ? "b" : "a")).join("");
  return { operation: { method, path }, host: host?.replaceAll(/\{[^{}]*\}/g, "*"), segments, rank };
}

/** Host, in lower case, and path of a URL, `//host/path`, or a path; query and fragment fall away. */
function partsOf(target: string): { host: string | undefined; path: string } {
  const [, authority, path = ""] = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)([^?#]*)/i.exec(target) ?? [];
  if (authority === undefined) return { host: undefined, path: target.split(/[?#]/)[0] ?? "" };
  const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  return { host: host.replace(/:(80|443)$/, ""), path };
}

/** A slash at the end, or two in a row, make no segment. */
const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

const isOfHost = (template: Template, host: string | undefined): boolean =>
  host === undefined || template.host === undefined || matchesWildcard(template.host, host);

const fits = ({ segments: patterns }: Template, segments: readonly string[]): boolean =>
  patterns.every((pattern, index) => {
    const segment = segments[index] ?? "";
    return matchesWildcard(pattern, segment) || matchesWildcard(pattern, decoded(segment));
  });

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
