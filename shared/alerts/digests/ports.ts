import type { Delivery } from "../channel.ts";
import type { Digest, DigestEntry } from "./digest.ts";

export type DigestStore = {
  /**
   * Writes the cause's delivery and its entry in one step, and the digest with the first of them. `known`: the delivery is
   * there already, in whatever state; `closed`: the digest takes no more. Then nothing is written.
   */
  collect(delivery: Delivery, entry: DigestEntry, digest: Digest): Promise<"collected" | "known" | "closed">;
  /** Unsent digests that are due at `nowMs`, the longest due first, at most `limit`. */
  listDue(nowMs: number, limit: number): Promise<Digest[]>;
  /** From now on nothing is collected into it. */
  close(digest: Digest): Promise<void>;
  /** At most `limit` entries, by delivery id; complete and final once the digest is closed. */
  listEntries(digest: Digest, limit: number): Promise<DigestEntry[]>;
  /** Takes a sent digest off the list of what is due. */
  markSent(digest: Digest): Promise<void>;
};
