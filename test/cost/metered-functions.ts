import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { LocalJson } from "../../local/cloud-files.ts";
import { localCredentials, localStage } from "../../local/deployment.ts";
import type { Meter } from "./meter.ts";

const deployedName = (name: string): string => `forewarn-${localStage}-${name}`;

export type MeteredFunctions = {
  /** Calls a function as AWS would, with the meter in between. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Gives the functions back their own way to AWS. */
  restore(): Promise<void>;
};

/** Sends everything that the deployed functions ask AWS for through the meter. */
export const meterFunctions = async (
  { awsEndpoint: endpoint, region }: LocalJson,
  meter: Meter,
  names: readonly string[],
): Promise<MeteredFunctions> => {
  const lambda = new LambdaClient({ endpoint, region, credentials: localCredentials });
  const originals = new Map<string, Record<string, string>>();
  const setVariables = (name: string, Variables: Record<string, string>) =>
    lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: deployedName(name), Environment: { Variables } }),
    );
  for (const name of names) {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: deployedName(name) }),
    );
    const variables = Environment?.Variables ?? {};
    originals.set(name, variables);
    const url = await meter.endpointFor(name);
    // A queue's URL is where the SDK sends what is for it.
    const queues = Object.entries(variables).filter(([variable]) => variable.endsWith("_QUEUE_URL"));
    const metered = queues.map(([variable, queue]) => [variable, queue.replace(new URL(queue).origin, url)]);
    const own = { AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_S3: url, ...Object.fromEntries(metered) };
    await setVariables(name, { ...variables, ...own });
  }
  return {
    async invoke(name, event) {
      const { Payload, FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: deployedName(name), Payload: JSON.stringify(event) }),
      );
      const answer = Buffer.from(Payload ?? []).toString();
      if (FunctionError !== undefined) throw new Error(`${name} failed: ${answer}`);
      return JSON.parse(answer);
    },
    async restore() {
      for (const [name, variables] of originals) await setVariables(name, variables);
      lambda.destroy();
    },
  };
};
