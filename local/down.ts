/** `npm run local:down`: ends the local cloud and everything it started; its data stay for the next start. */
import { stopCloud } from "./cloud.ts";
import { runScript } from "./run-script.ts";

await runScript(async () => {
  const wasUp = await stopCloud();
  console.log(
    wasUp
      ? "The local cloud is down. Its data stay for the next npm run local; npm run local:reset empties it."
      : "The local cloud was not up.",
  );
});
