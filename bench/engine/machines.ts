import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateFunctionCommand, GetFunctionConfigurationCommand, LambdaClient, Runtime } from "@aws-sdk/client-lambda";
import { CreateStateMachineCommand, DescribeStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { bundleFunctions } from "../../cdk/bundling/bundle-functions.ts";
import { bundleFolder } from "../../cdk/bundling/function-entries.ts";
import type { LocalJson } from "../../local/cloud-files.ts";
import { localCredentials, localStage } from "../../local/deployment.ts";
import { zipOf } from "../../local/zip.ts";
import { syncStages } from "../../shared/contracts/sync-stages.ts";

/** Functions to put in the place of the app's stages. */
const entries = { bare: "bench/engine/bare-stage.ts", engine: "bench/engine/empty-stage.ts" } as const;

const timeoutSeconds = 60;

export type MachineArns = { bare: string; engine: string; app: string };

/**
 * Two more machines of the app's own definition on the local cloud: one of empty functions, and one of empty functions with the
 * engine around them, which have what the app's functions have.
 */
export const deployMachines = async (local: LocalJson): Promise<MachineArns> => {
  const options = { endpoint: local.awsEndpoint, region: local.region, credentials: localCredentials };
  const lambda = new LambdaClient(options);
  const stepFunctions = new SFNClient(options);
  const [app = ""] = local.stateMachineArns;
  const folder = await mkdtemp(join(tmpdir(), "forewarn-bench-"));
  try {
    await bundleFunctions(folder, Object.values(entries));
    const { definition = "", roleArn } = await stepFunctions.send(
      new DescribeStateMachineCommand({ stateMachineArn: app }),
    );
    const deploy = async (kind: keyof typeof entries): Promise<string> => {
      const code = await readFile(join(folder, bundleFolder(entries[kind]), "index.mjs"), "utf8");
      for (const stage of syncStages) {
        const { Environment, Role } = await lambda.send(
          new GetFunctionConfigurationCommand({ FunctionName: `forewarn-${localStage}-${stage}` }),
        );
        await lambda.send(
          new CreateFunctionCommand({
            ...{ FunctionName: `bench-${kind}-${stage}`, Runtime: Runtime.nodejs24x, Handler: "index.handler", Role },
            ...{ Code: { ZipFile: zipOf("index.mjs", code) }, Timeout: timeoutSeconds },
            Environment: { Variables: { ...Environment?.Variables, STAGE: stage } },
          }),
        );
      }
      const isStage = new RegExp(`:function:forewarn-${localStage}-(${syncStages.join("|")})(?=")`, "g");
      const { stateMachineArn = "" } = await stepFunctions.send(
        new CreateStateMachineCommand({
          name: `bench-${kind}`,
          roleArn,
          definition: definition.replaceAll(isStage, `:function:bench-${kind}-$1`),
        }),
      );
      return stateMachineArn;
    };
    return { bare: await deploy("bare"), engine: await deploy("engine"), app };
  } finally {
    lambda.destroy();
    stepFunctions.destroy();
    await rm(folder, { recursive: true, force: true });
  }
};
