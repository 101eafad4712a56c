import { dirname } from "node:path";
import { LocalCloudUnavailableError } from "./errors.ts";

/** The major version of the Lambda runtime `nodejs24.x`: function code must meet the same Node here. */
const lambdaNodeMajor = 24;

/**
 * Folder of the Node that runs this process, which is also the one that runs the functions: npm scripts find the
 * project's own Node 24 first.
 * @throws LocalCloudUnavailableError when this process is not Node 24.
 */
export function lambdaNodeFolder(): string {
  const major = Number(process.versions.node.split(".")[0]);
  if (major !== lambdaNodeMajor) {
    throw new LocalCloudUnavailableError(
      `The local cloud runs function code on Node ${lambdaNodeMajor}, but this is Node ${process.versions.node}. ` +
        "Start it through npm (npm run local), which uses the project's own Node.",
    );
  }
  return dirname(process.execPath);
}
