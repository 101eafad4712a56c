import ipaddr from "ipaddr.js";
import { AllowedPrivateHostsError, PrivateAddressError, type RefusalContext, UrlRefusedError } from "./errors.ts";

export type AddressPolicy = {
  /** `host:port` pairs, as `parseAllowedPrivateHosts` writes them, that are exempt from every check of host and port. */
  allowedPrivateHosts: ReadonlySet<string>;
  allowedPorts: ReadonlySet<number>;
};

/** The registered ports of HTTP and HTTPS and their customary alternates. */
export const defaultAllowedPorts: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/** What production runs: the public internet only. */
export const publicOnlyPolicy: AddressPolicy = { allowedPrivateHosts: new Set(), allowedPorts: defaultAllowedPorts };

/** IANA has handed out global unicast IPv6 addresses from this block alone; ipaddr.js calls the rest "unicast" too. */
const ipv6GlobalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Azure answers platform requests (certificates, agents' configuration) from this address in the public range. */
const azurePlatformAddress = "168.63.129.16";

/** Special-use names that never mean a public host: RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal` (2024). */
const privateNameSuffixes = ["localhost", "local", "internal", "home.arpa", "localdomain", "lan", "intranet", "corp"];

/** Why `address` (an IP address as text) may not be connected to, or `undefined` when it is public unicast. */
export function privateRangeOf(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return "not an IP address";
  // `process` turns ::ffff:a.b.c.d into a.b.c.d, which is where the kernel would connect to.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range !== "unicast") return range;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(ipv6GlobalUnicast)) return "reserved";
  return parsed.toString() === azurePlatformAddress ? "platform" : undefined;
}

/** The host of `url` as an IP address without brackets, or `undefined` when it is a name. */
export function literalAddressOf(url: URL): string | undefined {
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  return ipaddr.isValid(host) ? host : undefined;
}

/** `host:port` of `url` with the scheme's port filled in: the key of `AddressPolicy.allowedPrivateHosts`. */
export const hostAndPortOf = (url: URL): string => `${url.hostname}:${portOf(url)}`;

const portOf = (url: URL): number => (url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port));

/** `url` without query, fragment and credentials, which may be secrets: the form for messages and logs. */
export const urlForMessage = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;

/**
 * Checks everything about a URL that can be known without asking DNS, so that the API can refuse it at once. The guarded
 * fetcher repeats this for each redirect and checks the resolved addresses besides.
 *
 * IPv4 in any notation (decimal, octal, hexadecimal, short forms, full-width digits) reaches the check in its dotted form,
 * because the WHATWG URL parser writes it so.
 *
 * @param context the request field that gave the URL, and the address that redirected to it
 * @returns the parsed URL, fragment removed
 * @throws UrlRefusedError for what is not an http(s) URL with an allowed port, or carries credentials
 * @throws PrivateAddressError for addresses and names that are not on the public internet
 * @example assertFetchableUrl("http://0x7f.1/openapi.json", publicOnlyPolicy, { field: "specUrl" }); // throws
 */
export function assertFetchableUrl(text: string, policy: AddressPolicy, context: RefusalContext = {}): URL {
  if (!URL.canParse(text)) throw new UrlRefusedError(`"${text.slice(0, 200)}" is not a URL.`, context);
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new UrlRefusedError(`Only http and https URLs are fetched, not ${url.protocol.slice(0, -1)}.`, context);
  }
  if (url.username !== "" || url.password !== "") {
    throw new UrlRefusedError("The URL contains a user name or password. Send credentials in a header.", context);
  }
  url.hash = "";
  if (policy.allowedPrivateHosts.has(hostAndPortOf(url))) return url;

  assertPublicHost(url, context);
  const port = portOf(url);
  if (!policy.allowedPorts.has(port)) {
    const allowed = [...policy.allowedPorts].join(", ");
    throw new UrlRefusedError(`Port ${port} is not fetched from; allowed are ${allowed}.`, context);
  }
  return url;
}

function assertPublicHost(url: URL, context: RefusalContext): void {
  const literal = literalAddressOf(url);
  if (literal !== undefined) {
    const range = privateRangeOf(literal);
    if (range === undefined) return;
    throw new PrivateAddressError(`${literal} is not an address on the public internet (${range}).`, context);
  }
  // A trailing dot only marks the name as absolute.
  const name = url.hostname.replace(/\.+$/, "");
  if (name === "") throw new UrlRefusedError("The URL has no host.", context);
  if (privateNameSuffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))) {
    throw new PrivateAddressError(`${name} is a name of a private network, not of a public host.`, context);
  }
  if (!name.includes(".")) {
    throw new PrivateAddressError(`${name} is not a full host name, such as api.example.com.`, context);
  }
}

/**
 * Reads `FOREWARN_ALLOWED_PRIVATE_HOSTS`: comma-separated `host:port`, compared exactly. Hosts are normalised as URLs are,
 * so `127.1:8080` allows `http://127.0.0.1:8080/`.
 *
 * @throws AllowedPrivateHostsError naming the first entry that is not `host:port`
 */
export function parseAllowedPrivateHosts(text: string | undefined): ReadonlySet<string> {
  const entries = (text ?? "").split(",").map((entry) => entry.trim());
  return new Set(entries.filter((entry) => entry !== "").map(normalizeHostAndPort));
}

function normalizeHostAndPort(entry: string): string {
  const match = /^([^/?#@\s]+):(\d{1,5})$/.exec(entry);
  const [, host, port] = match ?? [];
  if (host === undefined || !URL.canParse(`http://${host}/`)) throw new AllowedPrivateHostsError(entry);
  const url = new URL(`http://${host}/`);
  if (url.port !== "" || Number(port) === 0 || Number(port) > 65_535) throw new AllowedPrivateHostsError(entry);
  return `${url.hostname}:${Number(port)}`;
}

/** The policy of a deployment: public addresses, and the private hosts that its configuration names. */
export const addressPolicyFor = (allowedPrivateHosts: string): AddressPolicy => ({
  allowedPrivateHosts: parseAllowedPrivateHosts(allowedPrivateHosts),
  allowedPorts: defaultAllowedPorts,
});
