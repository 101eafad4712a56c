import { setTimeout as sleep } from "node:timers/promises";
import {
  type Capability,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { cloudFormation, uniqueName } from "./target.ts";

type Resource = { Type: string; Properties?: Record<string, unknown>; DependsOn?: string | string[] };

/** Outputs of the stack by name, and its region; `remove` deletes it. */
export type FixtureStack = { outputs: Record<string, string>; region: string; remove: () => Promise<void> };

/**
 * Creates the resources that a test file needs through CloudFormation, and waits for them.
 * @param outputs name → intrinsic function, e.g. `{ QueueUrl: { Ref: "Queue" } }`
 */
export async function createStack(
  what: string,
  resources: Record<string, Resource>,
  outputs: Record<string, unknown>,
): Promise<FixtureStack> {
  const StackName = uniqueName(what);
  const Outputs = Object.fromEntries(
    Object.entries({ Region: { Ref: "AWS::Region" }, ...outputs }).map(([name, Value]) => [name, { Value }]),
  );
  const Capabilities: Capability[] = ["CAPABILITY_IAM"];
  await cloudFormation.send(
    new CreateStackCommand({
      StackName,
      Capabilities,
      TemplateBody: JSON.stringify({ Resources: resources, Outputs }),
    }),
  );
  for (;;) {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const stack = Stacks?.[0];
    if (stack?.StackStatus === "CREATE_COMPLETE") {
      const values = Object.fromEntries((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue ?? ""]));
      return {
        outputs: values,
        region: values.Region ?? "us-east-1",
        remove: async () => {
          await cloudFormation.send(new DeleteStackCommand({ StackName }));
        },
      };
    }
    if (stack?.StackStatus !== "CREATE_IN_PROGRESS") {
      throw new Error(`The stack ${StackName} is ${stack?.StackStatus}: ${stack?.StackStatusReason}`);
    }
    await sleep(250);
  }
}

/** A role that `service` may assume, allowed to do `actions` on everything: what is tested is not IAM. */
export const role = (service: string, actions: readonly string[]): Resource => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" }],
    },
    Policies: [
      {
        PolicyName: "fixture",
        PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] },
      },
    ],
  },
});

/** A Node 24 function whose whole code is `code`, a CommonJS module that exports `handler`. */
export const nodeFunction = (roleLogicalId: string, code: string, timeoutSeconds: number): Resource => ({
  Type: "AWS::Lambda::Function",
  Properties: {
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Timeout: timeoutSeconds,
    Role: { "Fn::GetAtt": [roleLogicalId, "Arn"] },
    Code: { ZipFile: code },
  },
});

/** What a function needs to log, and to take from and send to queues. */
export const functionActions = ["logs:*", "sqs:*"];
