import type { LocalCloud } from "./cloud.ts";
import { localJsonPath, localLogPath } from "./cloud-files.ts";

const headlines = {
  found: "The local cloud is already up; nothing changed since it was deployed.",
  updated: "The local cloud was up; the changed app is deployed.",
  started: "The local cloud is up.",
} as const;

/** What a person needs after `npm run local`: addresses, keys, where to look, how to stop. */
export function summary(cloud: LocalCloud, nowFolder: string): string {
  const { local, folder } = cloud;
  const shown = (path: string) => (path.startsWith(`${nowFolder}/`) ? path.slice(nowFolder.length + 1) : path);
  const tenants = local.tenants.map(({ tenantId, apiKey }) => `  tenant   ${tenantId}  key ${apiKey}`);
  return [
    headlines[cloud.how],
    `  api      ${local.apiUrl}/api`,
    `  aws      AWS_ENDPOINT_URL=${local.awsEndpoint}  AWS_REGION=${local.region}  (any credentials)`,
    `  admin    key ${local.adminKey}`,
    ...tenants,
    `  reaches  ${local.allowedPrivateHosts.join(", ")}  (FOREWARN_ALLOWED_PRIVATE_HOSTS)`,
    `  files    ${shown(localJsonPath(folder))}, ${shown(localLogPath(folder))}`,
    "  stop     npm run local:down      empty it: npm run local:reset",
  ].join("\n");
}
