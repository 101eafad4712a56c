/** `npm run model` fetches the embedded embedding model, when it is not there. */
import { ensureMiniLm } from "./minilm-model.ts";
import { runScript } from "./run-script.ts";

await runScript(async () => {
  console.log(`The embedding model is in ${await ensureMiniLm(console.log)}.`);
});
