import { parseArgs } from "node:util";
import { runFanOut } from "./run-fan-out.ts";

/** `npm run simulate:fan-out -- --subscribers 100000 --seed 1`: one change, every subscriber; ends with 1 when one is lost or doubled. */

const { values } = parseArgs({
  options: { subscribers: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const [subscribers, seed] = [Number(values.subscribers), Number(values.seed)];
if (![subscribers, seed].every((value) => Number.isSafeInteger(value) && value > 0))
  throw new Error("--subscribers and --seed are whole numbers above 0");

const startedMs = performance.now();
const { broken, deaths, retries, yields, tellings, largestBytes } = await runFanOut(subscribers, seed);
const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
process.stdout.write(
  `${subscribers} subscribers: ${deaths} workers died, ${yields} handed over, ${retries} retries; ${tellings} tellings;` +
    ` at most ${largestBytes} bytes through the state machine; ${seconds} s\n`,
);
for (const words of broken) process.stdout.write(`BROKEN: ${words}\n`);
if (broken.length > 0) process.exitCode = 1;
else process.stdout.write("nobody lost, nobody doubled\n");
