import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateFunctionCommand, InvokeCommand, LambdaClient, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { functionCodeFolder } from "../../local/cloud-files.ts";
import { emulatorEndpoint, isEmulatorUp, startEmulator, stopEmulator } from "../../local/emulator.ts";
import { findFreePort } from "../../local/free-ports.ts";
import { functionProcessIds } from "../../local/function-processes.ts";
import { lambdaNodeFolder } from "../../local/node-runtime.ts";
import { isAlive } from "../../local/processes.ts";
import { emulatorPython } from "../../local/python-environment.ts";
import { zipOf } from "../../local/zip.ts";

let folder: string;
let port: number;

const start = async (ownerPid?: number) =>
  startEmulator({
    folder,
    port,
    python: await emulatorPython(() => {}),
    nodeFolder: lambdaNodeFolder(),
    compileCacheFolder: join(folder, "compile-cache"),
    ...(ownerPid === undefined ? {} : { ownerPid }),
  });
const client = () => ({
  endpoint: emulatorEndpoint(port),
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "forewarn-emulator-")));
  port = await findFreePort();
});
afterEach(async () => {
  await stopEmulator(folder);
  await rm(folder, { recursive: true, force: true });
});

describe("the emulator", () => {
  it("goes on, after it was killed, with what it held and with an execution that was waiting, under a new token", async () => {
    const pid = await start();
    const sqs = new SQSClient({ ...client(), useQueueUrlAsEndpoint: false });
    const stepFunctions = new SFNClient(client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "tokens" }));
    const token = async () => {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
      return Messages?.[0]?.Body;
    };
    const definition = JSON.stringify({
      StartAt: "First",
      States: {
        First: { Type: "Pass", Result: "kept", ResultPath: "$.first", Next: "Wait" },
        Wait: {
          Type: "Task",
          Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          Parameters: { QueueUrl, "MessageBody.$": "$$.Task.Token" },
          ResultPath: "$.second",
          End: true,
        },
      },
    });
    const roleArn = "arn:aws:iam::000000000000:role/any";
    const { stateMachineArn } = await stepFunctions.send(
      new CreateStateMachineCommand({ name: "waits", definition, roleArn }),
    );
    const { executionArn } = await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, input: "{}" }));
    const first = await token();
    await expect
      .poll(() => existsSync(join(folder, "cloud", "state", "stepfunctions.json")), { timeout: 15_000 })
      .toBe(true);

    process.kill(pid, "SIGKILL");
    await expect.poll(() => isAlive(pid)).toBe(false);
    await start();

    const second = await token();
    expect(second).not.toBe(first);
    await stepFunctions.send(new SendTaskSuccessCommand({ taskToken: second, output: '"done"' }));
    const describeExecution = () => stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    await expect.poll(async () => (await describeExecution()).status).toBe("SUCCEEDED");
    expect(JSON.parse((await describeExecution()).output ?? "")).toEqual({ first: "kept", second: "done" });
  });

  it("leaves no process and no unpacked code behind, also after it was killed in the middle of a function", async () => {
    const pid = await start();
    const lambda = new LambdaClient(client());
    const code = "exports.handler = () => new Promise(() => setInterval(() => {}, 1000));";
    const FunctionName = "hangs";
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: "arn:aws:iam::000000000000:role/any",
        Timeout: 60,
        Code: { ZipFile: zipOf("index.js", code) },
      }),
    );
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 20, minDelay: 0.1, maxDelay: 1 }, { FunctionName });
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event" }));
    await expect.poll(() => functionProcessIds(folder, FunctionName), { timeout: 15_000 }).toHaveLength(1);
    expect(await functionProcessIds(folder, "other")).toEqual([]);
    const workers = await functionProcessIds(folder);

    process.kill(pid, "SIGKILL");
    await expect.poll(() => isEmulatorUp(folder, pid, port)).toBe(false);
    await stopEmulator(folder, pid);
    expect([workers.length, workers.filter(isAlive), existsSync(functionCodeFolder(folder))]).toEqual([1, [], false]);
  });

  it("ends by itself when its owner is gone", async () => {
    const owner = spawn("sleep", ["600"], { stdio: "ignore" });
    const pid = await start(owner.pid);
    expect(isAlive(pid)).toBe(true);
    owner.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
  });
});
