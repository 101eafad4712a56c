import { lookup as dnsLookup } from "node:dns/promises";
import { isIP, type Socket } from "node:net";
import { rootCertificates } from "node:tls";
import { Agent, buildConnector } from "undici";
import { type AddressPolicy, hostAndPortOf, privateRangeOf } from "./address-guard.ts";
import { PrivateAddressError, UpstreamUnavailableError } from "./errors.ts";

export type ResolvedAddress = { address: string; family: number };

/** Every address of a host name. */
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

export type ConnectorOptions = {
  policy: AddressPolicy;
  /** @default the system's resolver */
  lookup?: Lookup;
  /** Milliseconds for each address to accept the connection and finish TLS. @default 10_000 */
  connectTimeoutMs?: number;
  /** Certificates to trust beside the public ones, PEM. @default none */
  trustedCertificates?: string[];
};

/** More than this many dead addresses of one host are not worth the wait. */
const maxAddressesTried = 4;

const systemLookup: Lookup = (hostname) => dnsLookup(hostname, { all: true, verbatim: true });

/**
 * undici's connector, wrapped so that a socket is only ever opened to an address that was checked. Literals are checked
 * here again because DNS hooks never see them. Every address of a name must be public unicast, not just the one used: a
 * name that also resolves to a private address is an attack or a mistake. The checked address itself is what the socket
 * connects to, so that a second DNS answer (rebinding) has no moment to slip in. TLS still verifies the name of the URL.
 */
export function buildGuardedConnector(options: ConnectorOptions): buildConnector.connector {
  const { policy, lookup = systemLookup, connectTimeoutMs = 10_000, trustedCertificates } = options;
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    ...(trustedCertificates === undefined ? {} : { ca: [...rootCertificates, ...trustedCertificates] }),
  });

  return (target, callback) => {
    openSocket(target).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };

  async function openSocket(target: buildConnector.Options): Promise<Socket> {
    const addresses = await resolveChecked(target, policy, lookup);
    let lastError: unknown;
    for (const address of addresses.slice(0, maxAddressesTried)) {
      try {
        return await new Promise<Socket>((resolve, reject) => {
          connect({ ...target, hostname: address }, (...[error, socket]) => (error ? reject(error) : resolve(socket)));
        });
      } catch (error) {
        lastError = error;
      }
    }
    throw lastError;
  }
}

async function resolveChecked(
  target: buildConnector.Options,
  policy: AddressPolicy,
  lookup: Lookup,
): Promise<string[]> {
  const { hostname, protocol, port } = target;
  const bracketed = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  const url = new URL(`${protocol}//${bracketed}${port === "" ? "" : `:${port}`}`);
  const exempt = policy.allowedPrivateHosts.has(hostAndPortOf(url));

  const isLiteral = isIP(hostname) !== 0;
  const resolved = isLiteral ? [{ address: hostname, family: isIP(hostname) }] : await lookup(hostname);
  if (resolved.length === 0) throw new UpstreamUnavailableError(`${hostname} has no address at the moment.`);
  for (const { address } of exempt ? [] : resolved) {
    const range = privateRangeOf(address);
    if (range === undefined) continue;
    const subject = isLiteral ? hostname : `${hostname} resolves to ${address}, which`;
    throw new PrivateAddressError(`${subject} is not an address on the public internet (${range}).`);
  }
  // IPv4 first: functions outside a VPC have no IPv6 route.
  return resolved.toSorted((a, b) => a.family - b.family).map(({ address }) => address);
}

/**
 * An undici agent over the guarded connector. It keeps no connection alive: a frozen and thawed Lambda would find it dead,
 * and each request gets its addresses checked anew.
 */
export const createGuardedAgent = (options: ConnectorOptions): Agent =>
  new Agent({ connect: buildGuardedConnector(options), pipelining: 0 });
