import type * as z from "zod";
import type { ChangeEvent } from "../../shared/changes/change-event.ts";
import type { change, changeRoutes } from "../../shared/contracts/api/changes.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import type { HandlersOf } from "./route-handler.ts";

export const changeHandlers = (ports: ApiPorts): HandlersOf<typeof changeRoutes> => ({
  async listChanges({ query, caller }) {
    const { limit, cursor, ...filter } = query;
    const { items, nextCursor } = await ports.changes.list(caller.tenantId, filter, { limit, cursor });
    return { status: 200, body: { data: items.map(toChange), nextCursor } };
  },

  async listDependencyChanges({ params, query, caller }) {
    const { id: dependencyId } = await ownDependency(ports, caller.tenantId, params.dependencyId);
    const { limit, cursor, ...filter } = query;
    const { items, nextCursor } = await ports.changes.list(
      caller.tenantId,
      { ...filter, dependencyId },
      { limit, cursor },
    );
    return { status: 200, body: { data: items.map(toChange), nextCursor } };
  },

  async getChange({ params, caller }) {
    const found = await ports.changes.get(caller.tenantId, params.changeId);
    if (found === undefined) throw new NotFoundError("change", params.changeId);
    return { status: 200, body: { data: toChange(found) } };
  },

  async acknowledgeChange({ params, caller }) {
    const at = new Date(ports.clock.nowMs()).toISOString();
    const after = await ports.changes.acknowledge(caller.tenantId, params.changeId, caller.keyId, at);
    if (after === undefined) throw new NotFoundError("change", params.changeId);
    if (after === "conflict") {
      throw new ConflictError(`change ${params.changeId} is acknowledged or resolved already`);
    }
    return { status: 200, body: { data: toChange(after) } };
  },

  async resolveChange({ params, caller }) {
    const at = new Date(ports.clock.nowMs()).toISOString();
    const after = await ports.changes.resolve(caller.tenantId, params.changeId, caller.keyId, at);
    if (after === undefined) throw new NotFoundError("change", params.changeId);
    if (after === "conflict") throw new ConflictError(`change ${params.changeId} is resolved already`);
    return { status: 200, body: { data: toChange(after) } };
  },
});

export const toChange = (from: ChangeEvent): z.output<typeof change> => ({
  id: from.id,
  dependencyId: from.dependencyId,
  fromSnapshotId: from.fromSnapshotId,
  toSnapshotId: from.toSnapshotId,
  ruleId: from.ruleId,
  kind: from.kind,
  severity: from.severity,
  operation: from.operation,
  pointer: from.pointer,
  summary: from.summary,
  detail: from.detail,
  causeKey: from.causeKey,
  causeScope: from.causeScope,
  affectedOperations: from.affectedOperations,
  affectedOperationCount: from.affectedOperationCount,
  detectedAt: from.detectedAt,
  acknowledgedAt: from.acknowledgedAt,
  acknowledgedBy: from.acknowledgedBy,
  resolvedAt: from.resolvedAt,
  resolvedBy: from.resolvedBy,
});
