import { InvokeCommand } from "@aws-sdk/client-lambda";
import { CreateScheduleCommand, DeleteScheduleCommand } from "@aws-sdk/client-scheduler";
import { ReceiveMessageCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type FixtureStack, functionActions, nodeFunction, role } from "./fixture-stack.ts";
import { lambda, scheduler, sqs, uniqueName } from "./target.ts";

let stack: FixtureStack;
const output = (name: string) => stack.outputs[name] ?? "";
const attribute = (logicalId: string, name: string) => ({ "Fn::GetAtt": [logicalId, name] });

/** Reports every message whose body contains "poison" as failed, and takes the others. */
const consumerCode = `exports.handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((r) => r.body.includes("poison")).map((r) => ({ itemIdentifier: r.messageId })),
});`;
/** Fails with the event in its message, which an OnFailure destination then carries out of the function. */
const reporterCode = `exports.handler = async (event) => { throw new Error(JSON.stringify(event)); };`;

async function received(QueueUrl: string, count: number): Promise<string[]> {
  const bodies: string[] = [];
  while (bodies.length < count) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2, MaxNumberOfMessages: 10, VisibilityTimeout: 300 }),
    );
    bodies.push(...Messages.map((message) => message.Body ?? ""));
  }
  return bodies.toSorted();
}

beforeAll(async () => {
  stack = await createStack(
    "events",
    {
      FunctionRole: role("lambda", functionActions),
      SchedulerRole: role("scheduler", ["lambda:InvokeFunction"]),
      DeadLetters: { Type: "AWS::SQS::Queue" },
      Work: {
        Type: "AWS::SQS::Queue",
        Properties: {
          VisibilityTimeout: 1,
          RedrivePolicy: { deadLetterTargetArn: attribute("DeadLetters", "Arn"), maxReceiveCount: 2 },
        },
      },
      Consumer: nodeFunction("FunctionRole", consumerCode, 1),
      Mapping: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: {
          EventSourceArn: attribute("Work", "Arn"),
          FunctionName: { Ref: "Consumer" },
          BatchSize: 10,
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        },
      },
      Failures: { Type: "AWS::SQS::Queue" },
      Reporter: nodeFunction("FunctionRole", reporterCode, 3),
      ReporterInvocations: {
        Type: "AWS::Lambda::EventInvokeConfig",
        Properties: {
          FunctionName: { Ref: "Reporter" },
          Qualifier: "$LATEST",
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: attribute("Failures", "Arn") } },
        },
      },
    },
    {
      WorkUrl: { Ref: "Work" },
      DeadLettersUrl: { Ref: "DeadLetters" },
      FailuresUrl: { Ref: "Failures" },
      Reporter: { Ref: "Reporter" },
      ReporterArn: attribute("Reporter", "Arn"),
      SchedulerRoleArn: attribute("SchedulerRole", "Arn"),
    },
  );
});
afterAll(() => stack.remove());

describe.concurrent("Lambda event sources", () => {
  it("retries only the messages that a batch reports, and moves them to the dead-letter queue at last", async () => {
    const bodies = ["fine 1", "poison 1", "fine 2", "poison 2"];
    const Entries = bodies.map((MessageBody, i) => ({ Id: `${i}`, MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: output("WorkUrl"), Entries }));
    expect(await received(output("DeadLettersUrl"), 2)).toEqual(["poison 1", "poison 2"]);
  });

  it("takes asynchronous invocations and events of a schedule, and sends what fails to OnFailure with its event", async () => {
    const invoked = await lambda.send(
      new InvokeCommand({ FunctionName: output("Reporter"), InvocationType: "Event", Payload: '{"from":"invoke"}' }),
    );
    expect(invoked.StatusCode).toBe(202);
    const Name = uniqueName("at");
    await scheduler.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression: `at(${new Date(Date.now() + 1_000).toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: output("ReporterArn"), RoleArn: output("SchedulerRoleArn"), Input: '{"from":"schedule"}' },
      }),
    );
    const failures = (await received(output("FailuresUrl"), 2)).map((body) => JSON.parse(body));
    await scheduler.send(new DeleteScheduleCommand({ Name }));
    expect(failures.map((failure) => failure.requestPayload.from).toSorted()).toEqual(["invoke", "schedule"]);
    expect(failures[0].requestContext.condition).toBe("RetriesExhausted");
    expect(failures[0].responsePayload.errorMessage).toBe(JSON.stringify(failures[0].requestPayload));
  });

  it("gives a synchronous caller the error's name and message", async () => {
    const { StatusCode, FunctionError, Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: output("Reporter"), Payload: '{"n":1}' }),
    );
    expect([StatusCode, FunctionError]).toEqual([200, "Unhandled"]);
    expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({
      errorType: "Error",
      errorMessage: '{"n":1}',
    });
  });
});
