import type { usageRoutes } from "../../shared/contracts/api/usage.ts";
import type { OperationRef } from "../../shared/diff/change-set.ts";
import { ConflictError } from "../../shared/jobs/errors.ts";
import { createOperationMatcher } from "../../shared/usage/match-operation.ts";
import { applyUsage, type Consumer, type DependencyUsage } from "../../shared/usage/usage.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import { InvalidRequestError } from "./errors.ts";
import type { HandlersOf } from "./route-handler.ts";
import { readOperations } from "./snapshots.ts";

/** DynamoDB's limit of an item is 400 KB. */
const maxUsageBytes = 350_000;
const maxUnmatchedShown = 100;

export const usageHandlers = (ports: ApiPorts): HandlersOf<typeof usageRoutes> => ({
  async getUsage({ params, caller }) {
    const { id } = await ownDependency(ports, caller.tenantId, params.dependencyId);
    const found = await ports.dependencyUsage.get(caller.tenantId, id);
    return { status: 200, body: { data: { consumers: found?.consumers ?? [], updatedAt: found?.updatedAt } } };
  },

  async putUsage({ params, body, caller }) {
    const { tenantId } = caller;
    const dependency = await ownDependency(ports, tenantId, params.dependencyId);
    const operations = await newestOperations(ports, tenantId, dependency.id);
    const match = createOperationMatcher(operations, dependency.baseUrl);
    const found = new Map<string, Map<string, OperationRef>>();
    const unmatched: typeof body.calls = [];
    for (const call of body.calls) {
      const called = found.get(call.consumer) ?? new Map<string, OperationRef>();
      found.set(call.consumer, called);
      const operation = match(call.method, call.url);
      if (operation === undefined) unmatched.push({ ...call, url: withoutQuery(call.url) });
      else called.set(`${operation.path} ${operation.method}`, operation);
    }
    const consumers = [...found].map(([name, called]): Consumer => {
      const owner = Object.hasOwn(body.owners, name) ? body.owners[name] : undefined;
      const sorted = [...called].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, operation]) => operation);
      return { name, ...(owner === undefined ? {} : { owner }), operations: sorted };
    });
    const nowMs = ports.clock.nowMs();
    const given = { tenantId, dependencyId: dependency.id, consumers };
    const after = await ports.dependencyUsage.change(tenantId, dependency.id, (before) =>
      withinLimit(applyUsage(before, given, body.replace, nowMs)),
    );
    const data = {
      consumers: after.consumers,
      updatedAt: after.updatedAt,
      unmatched: unmatched.slice(0, maxUnmatchedShown),
      unmatchedCount: unmatched.length,
    };
    return { status: 200, body: { data } };
  },
});

/** @throws ConflictError before the first snapshot */
const newestOperations = async (ports: ApiPorts, tenantId: string, dependencyId: string) => {
  const [newest] = (await ports.snapshots.list(tenantId, dependencyId, { limit: 1 })).items;
  if (newest === undefined) {
    throw new ConflictError("there is no snapshot yet to match calls with: wait for the first sync to finish");
  }
  return readOperations(ports.bodies, newest.operationsKey);
};

/** @throws InvalidRequestError when there is more than can be kept */
const withinLimit = (usage: DependencyUsage): DependencyUsage => {
  if (Buffer.byteLength(JSON.stringify(usage)) <= maxUsageBytes) return usage;
  throw new InvalidRequestError("tells of more consumers and operations than can be kept (350 KB)", "calls");
};

/** What comes after the path may be secret, and is not needed to tell the call. */
const withoutQuery = (url: string): string => url.split(/[?#]/)[0] ?? "";
