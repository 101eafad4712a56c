import { mkdtempSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  // A job type is one file, so that its schemas bring what it reads with; PDF alone is 1.5 MB, and evaluated when one is read.
  if (entry === "lambdas/sessions/run-job.ts") return 2900 * kib;
  if (entry === "lambdas/sessions/api.ts") return 2450 * kib;
  if (reachingOut.includes(entry)) return 1200 * kib;
  if (entry === "lambdas/stages/diff.ts") return 1850 * kib; // all rules, all that makes a model anew, automata for patterns
  if (entry === "lambdas/api/handler.ts") return 760 * kib; // the contract of every route, the feed, and the catalog of providers
  if (entry === "lambdas/stages/notify.ts") return 1750 * kib; // all rules: what a subscriber ignores, or gives a level of its own
  if (entry === "lambdas/stages/normalize.ts") return 620 * kib; // every version of OpenAPI, and what slices share with it
  if (entry === "lambdas/embeddings/embed.ts") return 720 * kib; // all that makes a model anew, and the stemmer
  return 600 * kib;
};

describe("the bundles of the functions", () => {
  const folder = mkdtempSync(join(tmpdir(), "forewarn-bundles-"));
  let metafile: Metafile;
  beforeAll(async () => {
    metafile = await bundleFunctions(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const bundleOf = (entry: FunctionEntry) => {
    const found = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${bundleFolder(entry)}/index.mjs`));
    if (found === undefined) throw new Error(`${entry} has no bundle`);
    return found[1];
  };
  const carriers = (module: string) =>
    functionEntries.filter((entry) =>
      Object.entries(bundleOf(entry).inputs).some(
        ([path, { bytesInOutput }]) => path.includes(module) && bytesInOutput > 0,
      ),
    );

  it.each(functionEntries)("hold %s within its limit", (entry) => {
    expect(bundleOf(entry).bytes).toBeLessThanOrEqual(limitBytes(entry));
  });

  it.each(functionEntries)("are whole: %s needs nothing but Node", (entry) => {
    const imports = bundleOf(entry).imports.map(({ path }) => path);
    // The embedder's native runtime lies beside its bundle.
    const beside = entry === "lambdas/embeddings/embedder.ts" ? ["onnxruntime-node"] : [];
    expect(imports.filter((path) => !isBuiltin(path))).toEqual(beside);
    expect(bundleOf(entry).exports).toContain("handler");
  });

  it("carry the HTTP client only where a function reaches out", () => {
    expect(carriers("node_modules/undici/")).toEqual(reachingOut);
  });

  it("carry none of the SDK's ways to credentials that do not exist in Lambda", () => {
    expect(carriers("node_modules/@aws-sdk/credential-provider-")).toEqual([]);
    expect(carriers("node_modules/@aws-sdk/nested-clients/")).toEqual([]);
  });
});
