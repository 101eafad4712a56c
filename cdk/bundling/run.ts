/** `node cdk/bundling/run.ts FOLDER` bundles every function into FOLDER. */
import { bundleFunctions } from "./bundle-functions.ts";

const [outputFolder] = process.argv.slice(2);
if (outputFolder === undefined) {
  console.error("usage: node cdk/bundling/run.ts FOLDER");
  process.exitCode = 2;
} else {
  await bundleFunctions(outputFolder);
}
