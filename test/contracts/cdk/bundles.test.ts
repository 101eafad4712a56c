import { mkdtempSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleFunctions } from "../../../cdk/bundling/bundle-functions.ts";
import { bundleFolder, type FunctionEntry, functionEntries } from "../../../cdk/bundling/function-entries.ts";

const kib = 1024;

/** These carry undici, which alone is 540 KB. */
const reachingOut: readonly FunctionEntry[] = [
  "lambdas/api/diff-handler.ts",
  "lambdas/stages/fetch.ts",
  "lambdas/checks/check.ts",
  "lambdas/deliveries/deliver.ts",
  "lambdas/sessions/run-job.ts",
];

const limitBytes = (entry: FunctionEntry): number => {
  if (entry === "lambdas/api/diff-handler.ts") return 2500 * kib; // undici, all rules, all formats, automata for patterns
  if (reachingOut.includes(entry)) return 1200 * kib;
  if (entry === "lambdas/stages/diff.ts") return 1850 * kib; // all rules, all that makes a model anew, automata for patterns
  if (entry === "lambdas/api/handler.ts") return 760 * kib; // the contract of every route, the feed, and the catalog of providers
  if (entry === "lambdas/stages/notify.ts") return 1750 * kib; // all rules: what a subscriber ignores, or gives a level of its own
  if (entry === "lambdas/stages/normalize.ts") return 620 * kib; // every version of OpenAPI, and what slices share with it
  if (entry === "lambdas/embeddings/embed.ts") return 720 * kib; // all that makes a model anew, and the stemmer
  if (entry === "lambdas/sessions/api.ts") return 640 * kib; // the contract of every route, schemas of every job type
  return 600 * kib;
};

describe("the bundles of the functions", () => {
  const folder = mkdtempSync(join(tmpdir(), "forewarn-bundles-"));
  let metafile: Metafile;
  beforeAll(async () => {
    metafile = await bundleFunctions(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const outputsOf = (entry: FunctionEntry) =>
    Object.fromEntries(
      Object.entries(metafile.outputs).flatMap(([path, output]) => {
        const [, name] = path.split(`/${bundleFolder(entry)}/`);
        return name === undefined ? [] : [[name, output]];
      }),
    );
  const bundleOf = (entry: FunctionEntry) => {
    const found = outputsOf(entry)["index.mjs"];
    if (found === undefined) throw new Error(`${entry} has no bundle`);
    return found;
  };
  /** What a cold start parses: the bundle and the parts that it imports at once. */
  const startOf = (entry: FunctionEntry) => {
    const outputs = outputsOf(entry);
    const names = new Set(["index.mjs"]);
    for (const name of names)
      for (const { path, kind } of outputs[name]?.imports ?? [])
        if (kind === "import-statement" && outputs[basename(path)] !== undefined) names.add(basename(path));
    return [...names].flatMap((name) => outputs[name] ?? []);
  };
  const carriers = (module: string) =>
    functionEntries.filter((entry) =>
      startOf(entry).some(({ inputs }) =>
        Object.entries(inputs).some(([path, { bytesInOutput }]) => path.includes(module) && bytesInOutput > 0),
      ),
    );

  it.each(functionEntries)("hold what %s starts with within its limit", (entry) => {
    expect(startOf(entry).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(limitBytes(entry));
  });

  it.each(functionEntries)("are whole: %s needs nothing but Node and its own parts", (entry) => {
    const outputs = outputsOf(entry);
    const imports = Object.values(outputs).flatMap((output) => output.imports.filter(({ external }) => external));
    const missing = Object.values(outputs)
      .flatMap((output) => output.imports.filter(({ external }) => external !== true))
      .filter(({ path }) => outputs[basename(path)] === undefined);
    // The embedder's native runtime lies beside its bundle.
    const beside = entry === "lambdas/embeddings/embedder.ts" ? ["onnxruntime-node"] : [];
    const outside = imports.map(({ path }) => path).filter((path) => !isBuiltin(path));
    expect([outside, missing]).toEqual([beside, []]);
    expect(bundleOf(entry).exports).toContain("handler");
  });

  it("carry the readers of documents in parts that no start reads", () => {
    const readers = ["unpdf", "yauzl", "htmlparser2", "robots-parser"];
    expect(readers.flatMap((name) => carriers(`node_modules/${name}/`))).toEqual([]);
    const parts = Object.values(outputsOf("lambdas/sessions/run-job.ts")).flatMap(({ inputs }) => Object.keys(inputs));
    expect(readers.filter((name) => !parts.some((path) => path.includes(`node_modules/${name}/`)))).toEqual([]);
  });

  it("carry the HTTP client only where a function reaches out", () => {
    expect(carriers("node_modules/undici/")).toEqual(reachingOut);
  });

  it("carry none of the SDK's ways to credentials that do not exist in Lambda", () => {
    expect(carriers("node_modules/@aws-sdk/credential-provider-")).toEqual([]);
    expect(carriers("node_modules/@aws-sdk/nested-clients/")).toEqual([]);
  });
});
