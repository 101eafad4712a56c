import type * as z from "zod";
import type { dependencyRulesRoutes, ignoreRule } from "../../shared/contracts/api/dependency-rules.ts";
import { type IgnoreRule, maxIgnoreRules, noRules } from "../../shared/dependencies/dependency-rules.ts";
import { ConflictError, NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import { ownDependency } from "./dependencies.ts";
import type { HandlersOf } from "./route-handler.ts";

export const dependencyRulesHandlers = (ports: ApiPorts): HandlersOf<typeof dependencyRulesRoutes> => {
  const rulesOf = async (tenantId: string, dependencyId: string) => {
    const { id } = await ownDependency(ports, tenantId, dependencyId);
    return (await ports.dependencyRules.get(tenantId, id)) ?? noRules(tenantId, id);
  };
  const shown = (from: IgnoreRule) => toIgnoreRule(from, new Date(ports.clock.nowMs()).toISOString());

  return {
    async listIgnoreRules({ params, caller }) {
      const { ignoreRules } = await rulesOf(caller.tenantId, params.dependencyId);
      return { status: 200, body: { data: ignoreRules.map(shown) } };
    },

    async createIgnoreRule({ params, body, caller }) {
      const { tenantId } = caller;
      const { id: dependencyId } = await ownDependency(ports, tenantId, params.dependencyId);
      const created: IgnoreRule = {
        ...body,
        id: ports.newId(),
        createdAt: new Date(ports.clock.nowMs()).toISOString(),
      };
      await ports.dependencyRules.change(tenantId, dependencyId, (before = noRules(tenantId, dependencyId)) => {
        if (before.ignoreRules.length >= maxIgnoreRules) {
          throw new ConflictError(`a dependency has at most ${maxIgnoreRules} ignore rules: remove expired ones`);
        }
        return { ...before, ignoreRules: [created, ...before.ignoreRules] };
      });
      return { status: 201, body: { data: shown(created) } };
    },

    async deleteIgnoreRule({ params, caller }) {
      const { tenantId, dependencyId, ignoreRules } = await rulesOf(caller.tenantId, params.dependencyId);
      if (!ignoreRules.some(({ id }) => id === params.ignoreRuleId)) {
        throw new NotFoundError("ignore rule", params.ignoreRuleId);
      }
      await ports.dependencyRules.change(tenantId, dependencyId, (before = noRules(tenantId, dependencyId)) => ({
        ...before,
        ignoreRules: before.ignoreRules.filter(({ id }) => id !== params.ignoreRuleId),
      }));
      return { status: 204, body: undefined };
    },

    async getSeverityOverrides({ params, caller }) {
      const { severityOverrides } = await rulesOf(caller.tenantId, params.dependencyId);
      return { status: 200, body: { data: severityOverrides } };
    },

    async putSeverityOverrides({ params, body, caller }) {
      const { tenantId } = caller;
      const { id: dependencyId } = await ownDependency(ports, tenantId, params.dependencyId);
      const after = await ports.dependencyRules.change(
        tenantId,
        dependencyId,
        (before = noRules(tenantId, dependencyId)) => ({ ...before, severityOverrides: body.overrides }),
      );
      return { status: 200, body: { data: after.severityOverrides } };
    },
  };
};

const toIgnoreRule = (from: IgnoreRule, now: string): z.output<typeof ignoreRule> => ({
  id: from.id,
  rule: from.rule,
  operation: from.operation,
  pointer: from.pointer,
  reason: from.reason,
  owner: from.owner,
  until: from.until,
  state: now.slice(0, 10) <= from.until ? "active" : "expired",
  createdAt: from.createdAt,
});
