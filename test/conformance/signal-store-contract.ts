import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { SignalEntry, SignalStore } from "../../shared/first-signal/ports.ts";
import type { StreamTicketStore } from "../../shared/first-signal/stream-ticket.ts";
import { isoAt, newId, sha256, startMs } from "./samples.ts";

/** What every store of signals does. */
export const signalStoreContract = (name: string, makeStore: (keyPrefix: string) => Promise<SignalStore>): void => {
  describe(`signal store: ${name}`, () => {
    const prefix = `test:${randomUUID()}:`;
    let signals: SignalStore;
    beforeAll(async () => {
      signals = await makeStore(prefix);
    });

    const sample = (own: Partial<SignalEntry> = {}): SignalEntry => {
      const runId = newId();
      return {
        tenantId: newId(),
        runId,
        signal: {
          runId,
          jobId: runId,
          kind: "failed",
          phase: "fetch",
          step: "fetch",
          message: "the host answered 500",
          at: isoAt(startMs),
          lastKnownOutcome: { errorCode: null, summary: "the host answered 500", at: isoAt(startMs) },
          nextActions: [{ type: "retry", label: "Retry the sync", target: `/api/sync-jobs/${runId}/retry` }],
        },
        checkedAtMs: startMs,
        expiresAtMs: startMs + 1_000,
        ...own,
      };
    };

    it("gives back what was put, also that there is nothing to say yet, to its tenant alone", async () => {
      for (const entry of [sample(), sample({ signal: null })]) {
        await signals.put(entry);
        expect(await signals.get(entry.tenantId, entry.runId)).toEqual(entry);
        expect(await signals.get("another", entry.runId)).toBeUndefined();
      }
      expect(await signals.get("another", newId())).toBeUndefined();
    });

    it("keeps what was checked last, however late it comes", async () => {
      const entry = sample();
      const later = { ...entry, signal: null, checkedAtMs: startMs + 5 };
      await signals.put(later);
      await signals.put(entry);
      expect(await signals.get(entry.tenantId, entry.runId)).toEqual(later);
      const again = { ...later, expiresAtMs: startMs + 9_000 };
      await signals.put(again);
      expect(await signals.get(entry.tenantId, entry.runId)).toEqual(again);
    });

    it("shares nothing between prefixes", async () => {
      const entry = sample();
      await signals.put(entry);
      const other = await makeStore(`${prefix}other:`);
      expect(await other.get(entry.tenantId, entry.runId)).toBeUndefined();
    });
  });
};

/** What every store of stream tickets does. */
export const streamTicketStoreContract = (name: string, makeStore: () => Promise<StreamTicketStore>): void => {
  describe(`stream ticket store: ${name}`, () => {
    it("finds a ticket by its hash, and no other", async () => {
      const tickets = await makeStore();
      const ticket = { sha256: sha256(newId()), tenantId: newId(), runId: newId(), expiresAtMs: startMs };
      await tickets.put(ticket);
      expect(await tickets.find(ticket.sha256)).toEqual(ticket);
      expect(await tickets.find(sha256("another"))).toBeUndefined();
    });
  });
};
