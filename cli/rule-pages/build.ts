/** `npm run docs` writes the pages of the rules to `dist/docs/rules`, whence any web server serves them. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { allRules } from "../../shared/rules/registry.ts";
import { rulePages } from "./rule-pages.ts";

const folder = "dist/docs/rules";

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const [name, page] of rulePages(allRules())) await writeFile(join(folder, name), page);
