import type { Dependency } from "../dependencies/dependency.ts";
import { monitors } from "../dependencies/monitored-operations.ts";
import type { DependencyStore } from "../dependencies/ports.ts";
import type { Embedder } from "../embeddings/embedder.ts";
import type { SearchManifestStore } from "../embeddings/ports.ts";
import { UnreadableIndexError } from "./errors.ts";
import { explainHit, type HitExplanation } from "./explain-hit.ts";
import type { IndexCache } from "./index-cache.ts";
import { askModels, rankRows } from "./rank-rows.ts";
import { type IndexedOperation, operationAt, type SearchIndex } from "./search-index.ts";

/** Longer than a cold start of the embedder takes; then the question is answered by its words alone. */
const askTimeoutMs = 10_000;

export type SearchPorts = {
  manifests: Pick<SearchManifestStore, "get">;
  indexes: IndexCache;
  dependencies: Pick<DependencyStore, "get">;
  embedder: Embedder;
  log(event: string, fields: Record<string, unknown>): void;
};

export type SearchHit = {
  dependency: Dependency;
  snapshotId: string;
  operation: IndexedOperation;
  score: number;
  explanation: HitExplanation;
};

/** The tenant's monitored operations that answer a question best, each with why. */
export const searchOperations = async (
  ports: SearchPorts,
  tenantId: string,
  { question, limit, dependencyId }: { question: string; limit: number; dependencyId?: string | undefined },
): Promise<SearchHit[]> => {
  const index = await readIndex(ports, tenantId);
  if (index === undefined) return [];
  const vectors = await askModels(index, question, ports.embedder, {
    signal: AbortSignal.timeout(askTimeoutMs),
    onFailure: (model, error) => ports.log("search.model_unavailable", { tenantId, model, error: String(error) }),
  });
  const known = new Map<string, Promise<Dependency | undefined>>();
  const dependencyOf = (id: string) => {
    const found = known.get(id) ?? ports.dependencies.get(tenantId, id);
    known.set(id, found);
    return found;
  };
  const hits: SearchHit[] = [];
  for (const ranked of rankRows(index, question, vectors, { dependencyId })) {
    const part = index.parts.findLast(({ start, count }) => start <= ranked.row && ranked.row < start + count);
    if (part === undefined) continue;
    const dependency = await dependencyOf(part.dependencyId);
    const operation = operationAt(index, ranked.row);
    // The index follows a deletion and a filter later than the dependency does.
    if (dependency === undefined || !monitors(dependency, operation)) continue;
    const explanation = explainHit(index, question, ranked, operation);
    hits.push({ dependency, snapshotId: part.snapshotId, operation, score: ranked.score, explanation });
    if (hits.length === limit) break;
  }
  return hits;
};

const readIndex = async (ports: SearchPorts, tenantId: string): Promise<SearchIndex | undefined> => {
  const key = (await ports.manifests.get(tenantId))?.mergedKey;
  if (key === undefined) return undefined;
  try {
    return await ports.indexes.get(key);
  } catch (error) {
    if (!(error instanceof UnreadableIndexError)) throw error;
    // Another release's: the orchestrator has it made anew.
    ports.log("search.index_unreadable", { tenantId, key, error: error.message });
    return undefined;
  }
};
