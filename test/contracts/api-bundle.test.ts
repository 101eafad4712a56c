import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleFunctions } from "../../cdk/bundling/bundle-functions.ts";
import { bundleFolder, type FunctionEntry } from "../../cdk/bundling/function-entries.ts";

/** Of the API's function: what a cold start reads and parses. A route's schemas and handler are about 3 KB. */
const maxApiBytes = 780_000;

let folder: string;
let outputs: Metafile["outputs"];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "forewarn-bundles-"));
  ({ outputs } = await bundleFunctions(folder));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

const bundleOf = (entry: FunctionEntry) => {
  const [output] = Object.entries(outputs).flatMap(([path, value]) =>
    path.endsWith(join(bundleFolder(entry), "index.mjs")) ? [value] : [],
  );
  if (output === undefined) throw new Error(`${entry} was not bundled`);
  const included = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return { bytes: output.bytes, files: included.map(([path]) => path) };
};

describe("the bundle", () => {
  it("of the API stays within its size", () => {
    const { bytes } = bundleOf("lambdas/api/handler.ts");
    expect(bytes).toBeLessThanOrEqual(maxApiBytes);
  });

  it("of the authorizer holds only what a look-up needs", () => {
    const { files } = bundleOf("lambdas/api/authorizer.ts");
    const clients = files.flatMap(
      (path) => /@aws-sdk\/(client-[\w-]+)\/dist-es\/runtimeConfig\.js$/.exec(path)?.[1] ?? [],
    );
    expect(clients.sort()).toEqual(["client-dynamodb", "client-secrets-manager"]);
    expect(files.filter((path) => path.startsWith("shared/contracts"))).toEqual([]);
  });
});
