/** `npm run docs` writes `docs/cost.md`. */
import { writeFile } from "node:fs/promises";
import { costPage } from "./cost-page.ts";
import { readCounts } from "./counts.ts";

await writeFile("docs/cost.md", costPage(readCounts()));
