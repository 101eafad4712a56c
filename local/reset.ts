/** `npm run local:reset`: empties the local cloud, deploys the app anew and rewrites local.json with new keys. */
import { allowedPrivateHostsFrom, resetCloud } from "./cloud.ts";
import { runScript } from "./run-script.ts";
import { summary } from "./summary.ts";

await runScript(async () => {
  const hosts = allowedPrivateHostsFrom(process.env);
  const cloud = await resetCloud({
    ...(hosts ? { allowedPrivateHosts: hosts } : {}),
    report: (line) => console.log(`${line} ...`),
  });
  console.log(summary(cloud, process.cwd()));
});
