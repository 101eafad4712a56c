import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { dump } from "js-yaml";

/** Two versions of one document, as files. */
export type Pair = { name: string; before: string; after: string };

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonDocument = { [key: string]: Json };

const unzip = promisify(gunzip);
const fixtures = new URL("../test/fixtures/specs/", import.meta.url);

/** The adjacent versions that the repository has, unpacked into `folder`. */
export async function adjacentPairs(folder: string): Promise<Pair[]> {
  return Promise.all(
    ["stripe-adj", "github-adj"].map(async (name) => {
      const pair = { name, before: join(folder, `${name}-old.json`), after: join(folder, `${name}-new.json`) };
      await writeFile(pair.before, await unzip(await readFile(new URL(`${name}/old.json.gz`, fixtures))));
      await writeFile(pair.after, await unzip(await readFile(new URL(`${name}/new.json.gz`, fixtures))));
      return pair;
    }),
  );
}

/** The far pairs in `specs`: folders whose name ends in `-far`, with `old` and `new` in JSON or YAML. */
export function farPairs(specs: string, names: readonly string[]): Pair[] {
  return names
    .filter((name) => name.endsWith("-far"))
    .flatMap((name) => {
      const [before, after] = ["old", "new"].map((version) =>
        ["json", "yaml"].map((format) => join(specs, name, `${version}.${format}`)).find(existsSync),
      );
      return before === undefined || after === undefined ? [] : [{ name, before, after }];
    });
}

/** A pair of JSON documents written again in YAML. */
export async function inYaml({ name, before, after }: Pair): Promise<Pair> {
  const rewrite = async (path: string) => {
    const yaml = path.replace(/\.json$/, ".yaml");
    await writeFile(yaml, dump(JSON.parse(await readFile(path, "utf8")), { noRefs: true, lineWidth: -1 }));
    return yaml;
  };
  return { name: `${name} in YAML`, before: await rewrite(before), after: await rewrite(after) };
}

/** Both documents of `pair` `copies` times over in one: with paths and components of other names. */
export async function multiplied({ name, before, after }: Pair, copies: number, folder: string): Promise<Pair> {
  const multiply = async (path: string, version: string) => {
    const document: JsonDocument = JSON.parse(await readFile(path, "utf8"));
    const target = join(folder, `${name}-${copies}-${version}.json`);
    await writeFile(target, JSON.stringify(multiplyDocument(document, copies), null, 2));
    return target;
  };
  return { name: `${name} × ${copies}`, before: await multiply(before, "old"), after: await multiply(after, "new") };
}

function multiplyDocument(document: JsonDocument, copies: number): JsonDocument {
  const paths: JsonDocument = {};
  const components: { [kind: string]: JsonDocument } = {};
  for (let copy = 0; copy < copies; copy++) {
    const renamed = (text: string) => (copy === 0 ? text : `${text}_copy${copy}`);
    const rename = (value: Json): Json => {
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map(rename);
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [
          key,
          key === "$ref" && typeof member === "string" ? renamed(member) : rename(member),
        ]),
      );
    };
    for (const [path, item] of Object.entries(membersOf(document.paths)))
      paths[copy === 0 ? path : `/copy${copy}${path}`] = rename(item);
    for (const [kind, members] of Object.entries(membersOf(document.components))) {
      for (const [name, member] of Object.entries(membersOf(members))) {
        const key = kind === "securitySchemes" ? name : renamed(name);
        components[kind] = Object.assign(components[kind] ?? {}, { [key]: rename(member) });
      }
    }
  }
  return { ...document, paths, components };
}

function membersOf(value: Json | undefined): JsonDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** Two versions of a document of 100,000 operations: every tenth answers with a schema that changed, and one is gone. */
export async function manyOperations(folder: string): Promise<Pair & { operations: number; reached: number }> {
  const operations = 100_000;
  const write = async (version: "old" | "new") => {
    const paths: JsonDocument = {};
    for (let index = 0; index < operations; index++) {
      if (version === "new" && index === 5) continue;
      const schema = { $ref: `#/components/schemas/${index % 10 === 0 ? "Edited" : "Kept"}` };
      paths[`/things/${index}/{id}`] = {
        get: {
          operationId: `getThing${index}`,
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          responses: { "200": { description: "ok", content: { "application/json": { schema } } } },
        },
      };
    }
    const properties = { id: { type: "string" }, ...(version === "old" && { name: { type: "string" } }) };
    const schemas = {
      Edited: { type: "object", required: Object.keys(properties), properties },
      Kept: { type: "object", properties: { id: { type: "string" } } },
    };
    const path = join(folder, `many-${version}.json`);
    const info = { title: "Many", version: "1" };
    await writeFile(path, JSON.stringify({ openapi: "3.0.3", info, paths, components: { schemas } }));
    return path;
  };
  const [before, after] = [await write("old"), await write("new")];
  return { name: "100,000 operations", before, after, operations, reached: operations / 10 };
}
