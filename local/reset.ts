/** `npm run local:reset`: empties the local cloud, deploys the app anew and rewrites local.json with new keys. */
import { allowedPrivateHostsFrom, eraseCloud, startCloud } from "./cloud.ts";
import { runScript } from "./run-script.ts";
import { summary } from "./summary.ts";

await runScript(async () => {
  await eraseCloud();
  const cloud = await startCloud({
    allowedPrivateHosts: allowedPrivateHostsFrom(process.env),
    report: (line) => console.log(`${line} ...`),
  });
  console.log(summary(cloud, process.cwd()));
});
