// Preloaded into a process that is measured: leaves its peak memory, in KB, in a file when it ends.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  if (process.env.FOREWARN_BENCH_PEAK_FILE !== undefined)
    writeFileSync(process.env.FOREWARN_BENCH_PEAK_FILE, String(process.resourceUsage().maxRSS));
});
