import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { LocalJson } from "../../local/cloud-files.ts";
import { localCredentials } from "../../local/deployment.ts";

export type FunctionChange = {
  /** Its environment, from what it is. */
  variables?: (present: Record<string, string>) => Record<string, string>;
  timeoutSeconds?: number;
};

/**
 * Changes functions of a deployed app, by their names.
 * @returns what makes them as they were
 */
export const changeFunctions = async (
  { awsEndpoint: endpoint, region }: Pick<LocalJson, "awsEndpoint" | "region">,
  changes: ReadonlyMap<string, FunctionChange>,
): Promise<() => Promise<void>> => {
  const lambda = new LambdaClient({ endpoint, region, credentials: localCredentials });
  const originals: { FunctionName: string; Variables: Record<string, string>; Timeout: number | undefined }[] = [];
  const restore = async () => {
    for (const { FunctionName, Variables, Timeout } of originals)
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables }, Timeout }));
    lambda.destroy();
  };
  for (const [FunctionName, { variables, timeoutSeconds }] of changes) {
    const { Environment, Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Variables = Environment?.Variables ?? {};
    originals.push({ FunctionName, Variables, Timeout });
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Environment: { Variables: variables?.(Variables) ?? Variables },
        Timeout: timeoutSeconds ?? Timeout,
      }),
    );
  }
  return restore;
};
