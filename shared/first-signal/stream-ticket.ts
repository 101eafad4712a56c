import { createHash } from "node:crypto";

/**
 * Lets a browser's EventSource, which sends no headers of ours, follow one run of one tenant for a while. The ticket itself
 * is kept nowhere.
 */
export type StreamTicket = { sha256: string; tenantId: string; runId: string; expiresAtMs: number };

export type StreamTicketStore = {
  put(ticket: StreamTicket): Promise<void>;
  /** One that is over may be given back. */
  find(sha256: string): Promise<StreamTicket | undefined>;
};

/** An EventSource connects again with the same address, so that a ticket outlives several streams. */
const ticketLifeMs = 60 * 60_000;

/** @param random 32 bytes from a cryptographic source: too many to guess, so that a plain hash hides them */
export const newStreamTicket = (
  run: { tenantId: string; runId: string },
  random: Uint8Array,
  nowMs: number,
): { ticket: StreamTicket; secret: string } => {
  const secret = `fws_${Buffer.from(random).toString("base64url")}`;
  return { ticket: { ...run, sha256: hashStreamTicket(secret), expiresAtMs: nowMs + ticketLifeMs }, secret };
};

export const hashStreamTicket = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Whether the ticket opens the stream of this run now. */
export const opensStream = (ticket: StreamTicket | undefined, runId: string, nowMs: number): ticket is StreamTicket =>
  ticket !== undefined && ticket.runId === runId && ticket.expiresAtMs > nowMs;
