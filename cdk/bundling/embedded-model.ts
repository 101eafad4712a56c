import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { embeddedModelFiles, embeddedModelFolder } from "../../shared/contracts/embedded-model.ts";
import type { Config } from "../config.ts";
import { ConfigurationError } from "../errors.ts";

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What of the runtime's packages is needed to run: its JavaScript, and the native code of one platform. */
const runtimeParts = (platform: Config["functionPlatform"]): string[] => [
  "onnxruntime-node/package.json",
  "onnxruntime-node/dist",
  `onnxruntime-node/bin/napi-v6/${platform.replace("-", "/")}`,
  "onnxruntime-common/package.json",
  "onnxruntime-common/dist/cjs",
];

/**
 * Puts the embedded model and its runtime beside the embedder's bundle: the function reaches for nothing.
 * @throws ConfigurationError when the model is not there, or is another one
 */
export const addEmbeddedModel = (outputFolder: string, platform: Config["functionPlatform"]): void => {
  mkdirSync(join(outputFolder, "model"), { recursive: true });
  for (const { name, sha256 } of embeddedModelFiles) {
    const file = join(projectFolder, embeddedModelFolder, name);
    const found = existsSync(file) ? createHash("sha256").update(readFileSync(file)).digest("hex") : "missing";
    if (found !== sha256)
      throw new ConfigurationError(
        `The embedding model's ${name} is ${found === "missing" ? "not there" : "not the pinned one"}: \`npm run model\` ` +
          "fetches it. (Or FOREWARN_EMBEDDING_PROVIDER names another provider.)",
      );
    cpSync(file, join(outputFolder, "model", name));
  }
  for (const part of runtimeParts(platform))
    cpSync(join(projectFolder, "node_modules", part), join(outputFolder, "node_modules", part), { recursive: true });
};
