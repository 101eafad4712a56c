import { alertPreferenceRoutes } from "./alert-preferences.ts";
import { bulkRetryRoutes } from "./bulk-retry.ts";
import { changeRoutes } from "./changes.ts";
import { channelRoutes } from "./channels.ts";
import { deadLetterRoutes } from "./dead-letters.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { dependencyRoutes } from "./dependencies.ts";
import { dependencyRulesRoutes } from "./dependency-rules.ts";
import { diffRoutes } from "./diff.ts";
import { embedJobRoutes } from "./embed-jobs.ts";
import { feedRoutes } from "./feeds.ts";
import { firstSignalRoutes } from "./first-signal.ts";
import { keyRoutes } from "./keys.ts";
import { orchestratorRoutes } from "./orchestrator.ts";
import { pauseRoutes } from "./pauses.ts";
import { providerRoutes } from "./providers.ts";
import { searchRoutes } from "./search.ts";
import { sessionDocumentationRoutes } from "./session-documentation.ts";
import { sessionJobRoutes } from "./session-jobs.ts";
import { sessionRoutes } from "./sessions.ts";
import { snapshotRoutes } from "./snapshots.ts";
import { syncJobRoutes } from "./sync-jobs.ts";
import { systemRoutes } from "./system.ts";
import { tenantRoutes } from "./tenants.ts";
import { usageRoutes } from "./usage.ts";

/** Routes of sessions, which a function of their own answers. */
export const sessionApiRoutes = { ...sessionRoutes, ...sessionDocumentationRoutes, ...sessionJobRoutes };

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
  ...bulkRetryRoutes,
  ...snapshotRoutes,
  ...changeRoutes,
  ...channelRoutes,
  ...alertPreferenceRoutes,
  ...deliveryRoutes,
  ...providerRoutes,
  ...orchestratorRoutes,
  ...pauseRoutes,
  ...deadLetterRoutes,
  ...diffRoutes,
  ...embedJobRoutes,
  ...searchRoutes,
  ...sessionApiRoutes,
  ...firstSignalRoutes,
};

export type Routes = typeof routes;
export type SessionApiRoutes = typeof sessionApiRoutes;
export type RouteName = keyof Routes;
