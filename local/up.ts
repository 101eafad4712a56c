/** `npm run local`: brings the local cloud up, or finds it up, and returns to the prompt while it stays up. */
import { allowedPrivateHostsFrom, startCloud } from "./cloud.ts";
import { runScript } from "./run-script.ts";
import { summary } from "./summary.ts";

await runScript(async () => {
  const cloud = await startCloud({
    allowedPrivateHosts: allowedPrivateHostsFrom(process.env),
    report: (line) => console.log(`${line} ...`),
  });
  console.log(summary(cloud, process.cwd()));
});
