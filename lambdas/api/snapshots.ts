import type * as z from "zod";
import type { operation, snapshot, snapshotRoutes } from "../../shared/contracts/api/snapshots.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { snapshotOwner } from "../../shared/providers/followed.ts";
import type { BodyStore } from "../../shared/snapshots/ports.ts";
import type { Snapshot } from "../../shared/snapshots/snapshot.ts";
import type { OperationSummary } from "../../shared/spec/model.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import { pageOfList } from "./page-of-list.ts";
import type { HandlersOf } from "./route-handler.ts";

/** In base64 this stays below the 6 MB that a Lambda may answer with. */
export const maxInlineBytes = 4 * 1024 * 1024;
const downloadExpiresInSeconds = 300;

const mediaTypes = { json: "application/json", yaml: "application/yaml" } as const;

export const snapshotHandlers = (ports: ApiPorts): HandlersOf<typeof snapshotRoutes> => {
  const ownSnapshot = async (tenantId: string, params: { dependencyId: string; snapshotId: string }) => {
    const dependency = await ownDependency(ports, tenantId, params.dependencyId);
    const owner = snapshotOwner(dependency);
    const found = await ports.snapshots.get(owner.tenantId, owner.dependencyId, params.snapshotId);
    if (found === undefined) throw new NotFoundError("snapshot", params.snapshotId);
    return { ...found, dependencyId: dependency.id };
  };

  return {
    async listSnapshots({ params, query, caller }) {
      const dependency = await ownDependency(ports, caller.tenantId, params.dependencyId);
      const owner = snapshotOwner(dependency);
      const { items, nextCursor } = await ports.snapshots.list(owner.tenantId, owner.dependencyId, query);
      const data = items.map((found) => toSnapshot({ ...found, dependencyId: dependency.id }));
      return { status: 200, body: { data, nextCursor } };
    },

    async getSnapshot({ params, caller }) {
      return { status: 200, body: { data: toSnapshot(await ownSnapshot(caller.tenantId, params)) } };
    },

    async listOperations({ params, query, caller }) {
      const { id, operationsKey } = await ownSnapshot(caller.tenantId, params);
      const operations = (await readOperations(ports.bodies, operationsKey)).filter(matches(query));
      // Another filter is another list: its cursors would lead astray in this one.
      const listId = JSON.stringify([id, query.method, query.tag, query.q]);
      const { items, nextCursor } = pageOfList(listId, operations, query);
      return { status: 200, body: { data: items.map(toOperation), nextCursor } };
    },

    async getRawSnapshot({ params, caller }) {
      const { bodyKey, bodyBytes, format, id } = await ownSnapshot(caller.tenantId, params);
      if (bodyBytes <= maxInlineBytes) {
        const bytes = await ports.bodies.get(bodyKey);
        if (bytes === undefined) throw new NotFoundError("document of snapshot", id);
        return { status: 200, body: { bytes, mediaType: mediaTypes[format] } };
      }
      const head = await ports.bodies.head(bodyKey);
      if (head === undefined) throw new NotFoundError("document of snapshot", id);
      const url = await ports.bodies.presignGet(bodyKey, downloadExpiresInSeconds);
      const { codec, storedBytes } = head;
      const download = { url, expiresInSeconds: downloadExpiresInSeconds, contentEncoding: codec, storedBytes };
      return { status: 307, body: { data: download }, headers: { location: url } };
    },
  };
};

/** The operations list of a snapshot. */
export const readOperations = async (bodies: BodyStore, key: string): Promise<OperationSummary[]> => {
  const bytes = await bodies.get(key);
  // Written by the snapshot stage before the snapshot itself, under a key that is never written again.
  return bytes === undefined ? [] : JSON.parse(Buffer.from(bytes).toString());
};

const matches = (query: { method?: string; tag?: string; q?: string }) => {
  const method = query.method?.toUpperCase();
  const words = query.q?.toLowerCase();
  return (operation: OperationSummary): boolean =>
    (method === undefined || operation.method.toUpperCase() === method) &&
    (query.tag === undefined || operation.tags.includes(query.tag)) &&
    (words === undefined ||
      [operation.path, operation.operationId, operation.summary].some((text) => text?.toLowerCase().includes(words)));
};

const toOperation = (from: OperationSummary): z.output<typeof operation> => ({
  method: from.method,
  path: from.path,
  operationId: from.operationId,
  summary: from.summary,
  tags: from.tags,
  deprecated: from.deprecated,
  domain: from.domain,
  hash: from.hash,
});

const toSnapshot = (from: Snapshot): z.output<typeof snapshot> => ({
  id: from.id,
  dependencyId: from.dependencyId,
  jobId: from.jobId,
  createdAt: from.createdAt,
  isBaseline: from.isBaseline,
  previousSnapshotId: from.previousSnapshotId,
  title: from.title,
  version: from.version,
  dialect: from.dialect,
  format: from.format,
  sourceUrl: from.sourceUrl,
  bodySha256: from.bodySha256,
  bodyBytes: from.bodyBytes,
  rootHash: from.rootHash,
  operationCount: from.operationCount,
  warningCount: from.warningCount,
});
