import { alertPreferenceRoutes } from "./alert-preferences.ts";
import { changeRoutes } from "./changes.ts";
import { channelRoutes } from "./channels.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { dependencyRoutes } from "./dependencies.ts";
import { dependencyRulesRoutes } from "./dependency-rules.ts";
import { diffRoutes } from "./diff.ts";
import { feedRoutes } from "./feeds.ts";
import { keyRoutes } from "./keys.ts";
import { orchestratorRoutes } from "./orchestrator.ts";
import { providerRoutes } from "./providers.ts";
import { snapshotRoutes } from "./snapshots.ts";
import { syncJobRoutes } from "./sync-jobs.ts";
import { systemRoutes } from "./system.ts";
import { tenantRoutes } from "./tenants.ts";
import { usageRoutes } from "./usage.ts";

/** Every route of the API by its operation id. */
export const routes = {
  ...systemRoutes,
  ...tenantRoutes,
  ...keyRoutes,
  ...dependencyRoutes,
  ...dependencyRulesRoutes,
  ...usageRoutes,
  ...feedRoutes,
  ...syncJobRoutes,
  ...snapshotRoutes,
  ...changeRoutes,
  ...channelRoutes,
  ...alertPreferenceRoutes,
  ...deliveryRoutes,
  ...providerRoutes,
  ...orchestratorRoutes,
  ...diffRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
