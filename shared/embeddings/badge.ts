import type { EmbedJob } from "./embed-job.ts";

/** What a person sees of an index: a state, the words of its badge, and the last error for its tooltip. */
export type EmbeddingBadge = {
  state: "indexed" | "indexing" | "queued" | "retrying" | "failed" | "empty" | "not_indexed";
  label: string;
  tooltip?: string;
};

/**
 * The badge of a dependency's embed job (`seeds/4`).
 * @example badgeOf({ status: "pending", attempts: 2, … }) // { state: "retrying", label: "retrying (2 tries)", tooltip: … }
 */
export const badgeOf = (job: EmbedJob | undefined): EmbeddingBadge => {
  if (job === undefined) return { state: "not_indexed", label: "not indexed" };
  const tooltip = job.lastError === undefined ? {} : { tooltip: job.lastError.message };
  const counts = `${job.embeddedCount ?? 0}/${job.operationCount ?? "?"}`;
  switch (job.status) {
    case "failed":
      return { state: "failed", label: "failed", ...tooltip };
    case "pending":
      if (job.attempts > 0) return { state: "retrying", label: `retrying (${job.attempts} tries)`, ...tooltip };
      return { state: "queued", label: "queued" };
    case "running":
      return { state: "indexing", label: `indexing ${counts}`, ...tooltip };
    case "done":
      return job.operationCount === 0
        ? { state: "empty", label: "empty" }
        : { state: "indexed", label: `${counts} indexed` };
  }
};
