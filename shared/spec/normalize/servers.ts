import { compareStrings } from "../canonical-json.ts";
import { Hash128 } from "../hash128.ts";
import { isJsonObject, type JsonObject } from "../json-object.ts";
import type { JsonValue, ServerNode } from "../model.ts";
import { addAnnotations, notesHash } from "./annotations.ts";

/** "If the servers field is not provided, or is an empty array, the default value would be … a url value of /". */
const defaultServer: ServerNode = { pointer: "", hash: "", annotationsHash: "", url: "/" };

/** Reads a `servers` list in the order written; `undefined` when it is absent or empty. */
export function readServers(value: JsonValue | undefined, pointer: string): ServerNode[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const servers = value.flatMap((item, index) =>
    isJsonObject(item) && typeof item.url === "string" ? [readServer(item, item.url, `${pointer}/${index}`)] : [],
  );
  return servers.length > 0 ? servers : undefined;
}

/** Servers of the document in the order written; the specification's default written out. */
export function readDocumentServers(document: JsonObject, base: string): ServerNode[] {
  return readServers(document.servers, `${base}/servers`) ?? [{ ...defaultServer, pointer: base }];
}

/** Sorted by URL, each once, as an operation lists them. */
export function sortServers(servers: readonly ServerNode[]): ServerNode[] {
  const byUrl = new Map<string, ServerNode>();
  for (const server of servers) byUrl.set(server.url, server);
  return [...byUrl.values()].sort((a, b) => compareStrings(a.url, b.url));
}

function readServer(value: JsonObject, url: string, pointer: string): ServerNode {
  const notes = new Hash128();
  addAnnotations(notes, value);
  const node: ServerNode = { pointer, hash: "", annotationsHash: notesHash(notes), url };
  const variables: NonNullable<ServerNode["variables"]> = {};
  if (isJsonObject(value.variables)) {
    for (const name in value.variables) {
      const written = value.variables[name];
      if (!isJsonObject(written)) continue;
      variables[name] = { default: String(written.default ?? "") };
      if (Array.isArray(written.enum)) variables[name].enum = [...new Set(written.enum.map(String))].sort();
    }
  }
  if (Object.keys(variables).length > 0) node.variables = variables;
  if (typeof value.name === "string") node.name = value.name;
  if (typeof value.description === "string") node.description = value.description;
  return node;
}

function trimEndSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

/**
 * Swagger 2.0: `schemes`, `host` and `basePath` as URLs. Without schemes the document's own is meant: `//host`.
 * @param base pointer of the document
 */
export function readSwagger2Servers(
  document: JsonObject,
  schemes: JsonValue | undefined,
  pointer: string,
  base: string,
): ServerNode[] {
  const host = typeof document.host === "string" ? document.host : "";
  const written = typeof document.basePath === "string" ? trimEndSlashes(document.basePath) : "";
  const basePath = written === "" || written.startsWith("/") ? written : `/${written}`;
  if (host === "")
    return [
      {
        ...defaultServer,
        pointer: basePath === "" ? base : `${base}/basePath`,
        url: basePath === "" ? "/" : basePath,
      },
    ];
  const names = Array.isArray(schemes) ? schemes.filter((scheme) => typeof scheme === "string") : [];
  if (names.length === 0) return [{ ...defaultServer, pointer: `${base}/host`, url: `//${host}${basePath}` }];
  return names.map((scheme, index) => ({
    ...defaultServer,
    pointer: `${pointer}/${index}`,
    url: `${scheme}://${host}${basePath}`,
  }));
}
