import { dirname, join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { lambdaBuildOptions } from "../../../lambdas/runtime/build-options.ts";

const projectFolder = join(dirname(import.meta.filename), "../../..");
/** From the issue: "The API Lambda's bundle is at most 600 KB". */
const maxApiBytes = 600 * 1024;

const bundleOf = async (entry: string) => {
  const { outputFiles, metafile } = await build({
    ...lambdaBuildOptions(projectFolder),
    entryPoints: [entry],
    outfile: "index.mjs",
    write: false,
    metafile: true,
  });
  const included = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return {
    bytes: outputFiles[0]?.contents.byteLength ?? 0,
    inputs: included.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path),
  };
};

it("the API's bundle stays within its size", async () => {
  const { bytes } = await bundleOf("lambdas/api/handler.ts");
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(maxApiBytes);
});

it("the authorizer's bundle holds only what a look-up needs", async () => {
  const { inputs } = await bundleOf("lambdas/api/authorizer.ts");
  const clients = inputs.flatMap(
    (path) => /@aws-sdk\/(client-[\w-]+)\/dist-es\/runtimeConfig\.js$/.exec(path)?.[1] ?? [],
  );
  expect(inputs.filter((path) => path.startsWith("shared/contracts"))).toEqual([]);
  expect(clients.sort()).toEqual(["client-dynamodb", "client-secrets-manager"]);
});
