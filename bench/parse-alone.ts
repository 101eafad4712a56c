/** The yardstick, in a process of its own as ours is: reads two files, prints how many milliseconds parsing them took. */
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { yamlSchema } from "../shared/spec/yaml-document.ts";

const texts = process.argv
  .slice(2)
  .map((path) => ({ isYaml: path.endsWith(".yaml"), text: readFileSync(path, "utf8") }));
const startedMs = performance.now();
const values = texts.map(({ isYaml, text }) => (isYaml ? load(text, { schema: yamlSchema }) : JSON.parse(text)));
const elapsedMs = performance.now() - startedMs;
if (values.length !== 2) throw new Error("usage: parse-alone OLD NEW");
process.stdout.write(`${elapsedMs}\n`);
