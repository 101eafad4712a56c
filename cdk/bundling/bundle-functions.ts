import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { bundleFolder, entriesInParts, functionEntries } from "./function-entries.ts";
import { sdkTrimming } from "./sdk-trimming.ts";

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * Bundles every function into `<outputFolder>/<its folder>/index.mjs`: one minified ES module each, with everything that
 * it imports. The SDK is part of it: what was tested is what runs. One build for all reads each module once; the few that
 * come in parts have one each, because parts would be shared among all of a build. Their parts are beside their `index.mjs`.
 * @returns esbuild's account of what each bundle is made of; paths are relative to the project's folder.
 */
export async function bundleFunctions(outputFolder: string): Promise<Metafile> {
  const whole = functionEntries.filter((entry) => !entriesInParts.includes(entry));
  const builds = await Promise.all([
    build({
      ...options,
      entryPoints: whole.map((entry) => ({ in: entry, out: join(bundleFolder(entry), "index") })),
      outdir: outputFolder,
    }),
    ...entriesInParts.map((entry) =>
      build({
        ...options,
        entryPoints: [{ in: entry, out: "index" }],
        outdir: join(outputFolder, bundleFolder(entry)),
        splitting: true,
      }),
    ),
  ]);
  return {
    inputs: Object.assign({}, ...builds.map(({ metafile }) => metafile.inputs)),
    outputs: Object.assign({}, ...builds.map(({ metafile }) => metafile.outputs)),
  };
}

const options = {
  absWorkingDir: projectFolder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  format: "esm",
  mainFields: ["module", "main"],
  alias: {
    "@aws-sdk/credential-provider-node": join(projectFolder, "lambdas/runtime/lambda-credentials.ts"),
    "@aws-sdk/token-providers": join(projectFolder, "lambdas/runtime/lambda-tokens.ts"),
  },
  plugins: [sdkTrimming],
  external: ["onnxruntime-node"], // native code, which `embedded-model.ts` puts beside the bundle that needs it
  // CommonJS packages in an ES module still call require() for Node's own modules.
  banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
} satisfies BuildOptions;
