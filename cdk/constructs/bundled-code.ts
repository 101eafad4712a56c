import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import { buildSync } from "esbuild";

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * An entry point with everything it imports as one minified ES module, `index.mjs`. esbuild runs in this process:
 * `NodejsFunction` starts npx for each function, which takes half a second each.
 * @param entry path from the project's folder, as in `lambdas/api/handler.ts`.
 */
export function bundledCode(entry: string): AssetCode {
  const path = join(projectFolder, entry);
  return Code.fromAsset(dirname(path), {
    // The hash of the bundle, not of the sources: a function is only updated when its own code changed.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry("not-used"), // required by the type; bundling here never needs Docker
      command: [entry], // tells the assets of one folder apart in CDK's asset cache
      local: {
        tryBundle(outputFolder) {
          bundle(path, join(outputFolder, "index.mjs"));
          return true;
        },
      },
    },
  });
}

/**
 * Bundles `entry` into the file `outfile` for the Lambda runtime. The SDK is part of the bundle: the versions that were
 * tested are those that run.
 */
export function bundle(entry: string, outfile: string): void {
  buildSync({
    absWorkingDir: projectFolder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // CommonJS packages in an ES module still call require() for Node's own modules.
    banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
    legalComments: "none",
    logLevel: "warning",
  });
}
