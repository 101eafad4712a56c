import type { ServerNode } from "../spec/model.ts";

const absolute = /^([a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)(.*)$/i;
const defaultPorts: Record<string, string> = { "http:": ":80", "https:": ":443" };

/**
 * The address of a server as it is called: scheme and host in lower case, without the scheme's own port and without
 * slashes at its end; the names of its variables erased.
 * @example addressOf("HTTPS://{region}.Pets.example:443/v1/") // "https://{}.pets.example/v1"
 */
export function addressOf(url: string): string {
  const erased = url.trim().replace(/\{[^{}]*\}/g, "{}");
  const [, scheme = "", host, rest = ""] = absolute.exec(erased) ?? [];
  if (host === undefined) return withoutEndSlashes(erased);
  const port = defaultPorts[scheme.toLowerCase()];
  const name = host.toLowerCase();
  const bare = port !== undefined && name.endsWith(port) ? name.slice(0, -port.length) : name;
  return `${scheme.toLowerCase()}//${bare}${withoutEndSlashes(rest)}`;
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) === 47) end--;
  return path.slice(0, end);
}

/**
 * Whether the two may be one place: the one says scheme and host, the other leaves one of them to where the document was
 * found, and their paths are the same.
 */
export function mayBeSamePlace(left: string, right: string): boolean {
  const [one, other] = [partsOf(left), partsOf(right)];
  if (one.path !== other.path) return false;
  return isOpen(one.scheme, other.scheme) || isOpen(one.host, other.host);
}

/** One of two is left open, and only one. */
function isOpen(left: string, right: string): boolean {
  return (left === "") !== (right === "");
}

function partsOf(url: string): { scheme: string; host: string; path: string } {
  const address = addressOf(url);
  const [, scheme = "", host, path = ""] = absolute.exec(address) ?? [];
  return host === undefined ? { scheme: "", host: "", path: address } : { scheme, host, path };
}

/** Addresses that the listed values of variables may give: more than this are not written out. */
const maxAddresses = 100;

/** Whether the variables of `wide`, by their listed values or their default, give the address of `narrow`. */
export function coversServer(wide: ServerNode, narrow: ServerNode): boolean {
  if (wide.variables === undefined) return false;
  let urls = [wide.url];
  for (const [name, variable] of Object.entries(wide.variables)) {
    const values = variable.enum ?? [variable.default];
    if (urls.length * values.length > maxAddresses) return false;
    urls = urls.flatMap((url) => values.map((value) => url.replaceAll(`{${name}}`, value)));
  }
  const address = addressOf(narrow.url);
  return urls.some((url) => addressOf(url) === address);
}
