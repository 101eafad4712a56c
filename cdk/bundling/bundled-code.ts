import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { type AssetCode, Code } from "aws-cdk-lib/aws-lambda";
import type { Config } from "../config.ts";
import { addEmbeddedModel } from "./embedded-model.ts";
import { bundleFolder, type FunctionEntry } from "./function-entries.ts";

const runner = fileURLToPath(new URL("./run.ts", import.meta.url));

let bundles: string | undefined;

/**
 * Bundles all functions when the first one is asked for. A process of its own, because a CDK app is synchronous and
 * esbuild's plugins are not; one for all, because `NodejsFunction` starts npx for each, which takes half a second.
 */
function allBundles(): string {
  if (bundles === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "forewarn-bundles-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    execFileSync(process.execPath, [runner, folder], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    bundles = folder;
  }
  return bundles;
}

/** The bundle of a function. Nothing is bundled for stacks that CDK does not need the assets of. */
export const bundledCode = (entry: FunctionEntry, config: Config): AssetCode =>
  Code.fromAsset(dirname(runner), {
    // The hash of the bundle, not of the sources: a function is only updated when its own code changed.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry("not-used"), // required by the type; bundling here never needs Docker
      command: [entry, config.functionPlatform, config.embeddingProvider], // tells the functions apart in CDK's asset cache
      local: {
        tryBundle(outputFolder) {
          cpSync(join(allBundles(), bundleFolder(entry)), outputFolder, { recursive: true });
          if (entry === "lambdas/embeddings/embedder.ts" && config.embeddingProvider === "embedded")
            addEmbeddedModel(outputFolder, config.functionPlatform);
          return true;
        },
      },
    },
  });
