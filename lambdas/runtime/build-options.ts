import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/**
 * Leaves out of a bundle what the AWS SDK holds and a Lambda function never uses.
 * - The schemas of all operations of a service: array literals with computed keys, which esbuild must keep because a key's
 *   conversion to text could do anything. As pure calls, unused ones go (S3: 67 KB to 6 KB).
 * - The clients' `package.json`, of which only the version is read.
 */
const slimSdk: Plugin = {
  name: "slim-sdk",
  setup(build) {
    build.onLoad({ filter: /[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: withPureArrays(await readFile(path, "utf8")),
    }));
    build.onLoad({ filter: /[\\/]client-[\w-]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

/** @example withPureArrays("export var A$ = [9, n0];") → "export var A$ = /* @__PURE__ *\/ (() => [9, n0])();" */
const withPureArrays = (source: string): string =>
  source.replaceAll(
    /^((?:export )?var [\w$]+ = )(\[[\s\S]*?\]);$/gm,
    (_, head: string, array: string) => `${head}/* @__PURE__ */ (() => ${array})();`,
  );

/**
 * How every function is bundled: one minified ES module for the Lambda runtime, the SDK included, so that the versions
 * that were tested are those that run.
 *
 * @param projectFolder absolute path of the project
 * @example await build({ ...lambdaBuildOptions(projectFolder), entryPoints: ["lambdas/api/handler.ts"], outfile });
 */
export const lambdaBuildOptions = (projectFolder: string) =>
  ({
    absWorkingDir: projectFolder,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    alias: { "@aws-sdk/credential-provider-node": join(projectFolder, "lambdas/runtime/lambda-credentials.ts") },
    plugins: [slimSdk],
    // CommonJS packages in an ES module still call require() for Node's own modules.
    banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
    legalComments: "none",
    logLevel: "warning",
  }) satisfies BuildOptions;
