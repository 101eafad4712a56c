import { setTimeout as sleep } from "node:timers/promises";
import {
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStack, type FixtureStack, functionActions, nodeFunction, role } from "./fixture-stack.ts";
import { StateMachines } from "./state-machines.ts";
import { errorNameOf, stepFunctions } from "./target.ts";

let stack: FixtureStack;
let machines: StateMachines;
const succeed = (taskToken: string, output: unknown = {}) =>
  stepFunctions.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
const fail = (taskToken: string, error: string, cause = "") =>
  stepFunctions.send(new SendTaskFailureCommand({ taskToken, error, cause }));
const beat = (taskToken: string) => stepFunctions.send(new SendTaskHeartbeatCommand({ taskToken }));
const kib256 = 262_144;

beforeAll(async () => {
  stack = await createStack(
    "sfn",
    {
      Tokens: { Type: "AWS::SQS::Queue" },
      FunctionRole: role("lambda", functionActions),
      Throws: nodeFunction(
        "FunctionRole",
        'exports.handler = async (event) => { const e = new Error("no " + event.what); e.name = "NoSuchThing"; throw e; };',
        5,
      ),
      Exits: nodeFunction("FunctionRole", "exports.handler = async () => { process.exit(1); };", 5),
      ExitsAtStart: nodeFunction("FunctionRole", "process.exit(1);", 5),
      Hangs: nodeFunction("FunctionRole", "exports.handler = () => new Promise(() => setInterval(() => {}, 1000));", 1),
      MachineRole: role("states", ["sqs:SendMessage", "lambda:InvokeFunction"]),
    },
    {
      QueueUrl: { Ref: "Tokens" },
      RoleArn: { "Fn::GetAtt": ["MachineRole", "Arn"] },
      Throws: { "Fn::GetAtt": ["Throws", "Arn"] },
      Exits: { "Fn::GetAtt": ["Exits", "Arn"] },
      ExitsAtStart: { "Fn::GetAtt": ["ExitsAtStart", "Arn"] },
      Hangs: { "Fn::GetAtt": ["Hangs", "Arn"] },
    },
  );
  machines = new StateMachines(stack.outputs.RoleArn ?? "", stack.outputs.QueueUrl ?? "");
});
afterAll(async () => {
  await machines.remove();
  await stack.remove();
});

describe.concurrent("Step Functions: a task that waits for its token", () => {
  it("ends with the output of SendTaskSuccess under ResultPath", async () => {
    const arn = await machines.start({ A: machines.tokenTask({ ResultPath: "$.a" }) }, { keep: 1 });
    await succeed((await machines.message(arn)).token, { done: true });
    const { status, output } = await machines.end(arn);
    expect([status, JSON.parse(output ?? "")]).toEqual(["SUCCEEDED", { keep: 1, a: { done: true } }]);
  });

  it("ends with the error and cause of SendTaskFailure", async () => {
    const arn = await machines.start({ A: machines.tokenTask() });
    await fail((await machines.message(arn)).token, "Broken", "because");
    expect(await machines.end(arn)).toMatchObject({ status: "FAILED", error: "Broken", cause: "because" });
  });

  it.each([
    ["HeartbeatSeconds", { HeartbeatSeconds: 1, TimeoutSeconds: 60 }, "States.HeartbeatTimeout"],
    ["HeartbeatSecondsPath", { HeartbeatSecondsPath: "$.seconds", TimeoutSeconds: 60 }, "States.HeartbeatTimeout"],
    ["TimeoutSeconds", { TimeoutSeconds: 1 }, "States.Timeout"],
    ["TimeoutSecondsPath", { TimeoutSecondsPath: "$.seconds" }, "States.Timeout"],
  ])("fails a silent worker by %s", async (_, limits, error) => {
    expect(await machines.run({ A: machines.tokenTask(limits) }, { seconds: 1 })).toMatchObject({
      status: "FAILED",
      error,
    });
  });

  it("goes on while heartbeats arrive, but not past TimeoutSeconds", async () => {
    const arn = await machines.start({ A: machines.tokenTask({ HeartbeatSeconds: 2, TimeoutSeconds: 4 }) });
    const { token } = await machines.message(arn);
    let beats = 0;
    while ((await errorNameOf(beat(token))) === "none") {
      beats += 1;
      await sleep(500);
    }
    expect(await machines.end(arn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect(beats).toBeGreaterThan(4);
  });

  it("takes the first answer only; a later one is TaskTimedOut", async () => {
    const arn = await machines.start({ A: machines.tokenTask() });
    const { token } = await machines.message(arn);
    const answers = await Promise.all([1, 2, 3].map((output) => errorNameOf(succeed(token, output))));
    expect(answers.toSorted()).toEqual(["TaskTimedOut", "TaskTimedOut", "none"]);
    await machines.end(arn);
    expect(await Promise.all([succeed(token), fail(token, "E"), beat(token)].map(errorNameOf))).toEqual([
      "TaskTimedOut",
      "TaskTimedOut",
      "TaskTimedOut",
    ]);
  });

  it("answers TaskTimedOut to a worker whose task has timed out, and InvalidToken to a made-up token", async () => {
    const arn = await machines.start({ A: machines.tokenTask({ TimeoutSeconds: 1 }) });
    const { token } = await machines.message(arn);
    await machines.end(arn);
    expect([await errorNameOf(succeed(token)), await errorNameOf(beat(token))]).toEqual([
      "TaskTimedOut",
      "TaskTimedOut",
    ]);
    expect(await errorNameOf(succeed("made-up"))).toBe("InvalidToken");
  });

  it("refuses an output that is not JSON, or above 256 KiB, and goes on waiting", async () => {
    const arn = await machines.start({ A: machines.tokenTask() });
    const { token: taskToken } = await machines.message(arn);
    const send = (output: string) => stepFunctions.send(new SendTaskSuccessCommand({ taskToken, output }));
    expect(await errorNameOf(send("{half"))).toBe("InvalidOutput");
    expect(await errorNameOf(send(JSON.stringify("x".repeat(kib256))))).not.toBe("none");
    await succeed(taskToken, "fine");
    expect(await machines.end(arn)).toMatchObject({ status: "SUCCEEDED", output: '"fine"' });
  });

  it.each([
    ["throws: the error's name", "Throws", "NoSuchThing"],
    ["dies: Runtime.ExitError", "Exits", "Runtime.ExitError"],
    ["dies while it starts: Runtime.ExitError", "ExitsAtStart", "Runtime.ExitError"],
    ["times out: Sandbox.Timedout", "Hangs", "Sandbox.Timedout"],
  ])("fails at once when its function %s", async (_, name, error) => {
    const Parameters = { FunctionName: stack.outputs[name], Payload: { "token.$": "$$.Task.Token", what: "luck" } };
    const Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    const states = { A: { Type: "Task", Resource, Parameters, HeartbeatSeconds: 60, End: true } };
    const ended = await machines.run(states);
    expect([ended.status, ended.error]).toEqual(["FAILED", error]);
    if (name === "Throws") {
      expect(JSON.parse(ended.cause ?? "")).toMatchObject({ errorType: "NoSuchThing", errorMessage: "no luck" });
    }
  });
});

describe.concurrent("Step Functions: Retry and Catch", () => {
  it("retries with a new token and a counted attempt, later each time, until MaxAttempts", async () => {
    const Retry = [{ ErrorEquals: ["Flaky"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 }];
    const arn = await machines.start({ A: machines.tokenTask({ Retry }) });
    const messages = [];
    for (const attempt of [1, 2, 3]) {
      const message = await machines.message(arn, attempt);
      messages.push(message);
      await fail(message.token, "Flaky", `attempt ${attempt}`);
    }
    expect(await machines.end(arn)).toMatchObject({ status: "FAILED", error: "Flaky", cause: "attempt 3" });
    expect(messages.map((message) => message.retryCount)).toEqual([0, 1, 2]);
    expect(new Set(messages.map((message) => message.token)).size).toBe(3);
    const [first = 0, second = 0, third = 0] = messages.map((message) => message.receivedAtMs);
    expect(third - second).toBeGreaterThan(second - first);
  });

  it("never waits longer than MaxDelaySeconds, jitter or not", async () => {
    const backoff = { IntervalSeconds: 1, BackoffRate: 100, MaxDelaySeconds: 2, JitterStrategy: "FULL" };
    const Retry = [{ ErrorEquals: ["Flaky"], MaxAttempts: 2, ...backoff }];
    const arn = await machines.start({ A: machines.tokenTask({ Retry }) });
    for (const attempt of [1, 2, 3]) await fail((await machines.message(arn, attempt)).token, "Flaky");
    expect(await machines.end(arn)).toMatchObject({ error: "Flaky" }); // without the cap: 100 s
  });

  it("retries a silent worker by States.HeartbeatTimeout", async () => {
    const Retry = [{ ErrorEquals: ["States.HeartbeatTimeout"], IntervalSeconds: 1, MaxAttempts: 1 }];
    const arn = await machines.start({ A: machines.tokenTask({ HeartbeatSeconds: 1, Retry }) });
    await succeed((await machines.message(arn, 2)).token, "second");
    expect(await machines.end(arn)).toMatchObject({ status: "SUCCEEDED", output: '"second"' });
  });

  const caughtBy = (limits: Record<string, unknown>, ...ErrorEquals: string[][]) => ({
    A: machines.tokenTask({
      ...limits,
      Next: "Missed",
      Catch: ErrorEquals.map((names, i) => ({ ErrorEquals: names, ResultPath: "$.error", Next: `Caught${i}` })),
    }),
    Missed: { Type: "Fail", Error: "Missed" },
    Caught0: { Type: "Pass", Parameters: { by: 0, "error.$": "$.error.Error" }, End: true },
    Caught1: { Type: "Pass", Parameters: { by: 1, "error.$": "$.error.Error" }, End: true },
  });

  it("catches by the error's name, else by States.TaskFailed", async () => {
    const states = caughtBy({}, ["Named"], ["States.TaskFailed"]);
    const [named, other] = await Promise.all(
      ["Named", "Other"].map(async (error) => {
        const arn = await machines.start(states);
        await fail((await machines.message(arn)).token, error);
        return JSON.parse((await machines.end(arn)).output ?? "");
      }),
    );
    expect([named, other]).toEqual([
      { by: 0, error: "Named" },
      { by: 1, error: "Other" },
    ]);
  });

  it("does not match a timeout by States.TaskFailed; States.Timeout matches a missed heartbeat too", async () => {
    const limits = { HeartbeatSeconds: 1, TimeoutSeconds: 60 };
    const { output } = await machines.run(caughtBy(limits, ["States.TaskFailed"], ["States.Timeout"]));
    expect(JSON.parse(output ?? "")).toEqual({ by: 1, error: "States.HeartbeatTimeout" });
  });

  it("does not match States.Runtime by States.ALL", async () => {
    const states = {
      A: {
        Type: "Parallel",
        Branches: [
          {
            StartAt: "C",
            States: {
              C: { Type: "Choice", Choices: [{ Variable: "$.no", StringEquals: "x", Next: "D" }] },
              D: { Type: "Succeed" },
            },
          },
        ],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
        End: true,
      },
      Caught: { Type: "Succeed" },
    };
    expect(await machines.run(states)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });
});

describe.concurrent("Step Functions: executions", () => {
  const pass = { A: { Type: "Pass", End: true } };
  const waiting = { A: { Type: "Wait", Seconds: 60, End: true } };

  it("answers a second start of the same name and input with the running execution, and refuses another input", async () => {
    const stateMachineArn = await machines.create(waiting);
    const start = (input: string) =>
      stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name: "job-1", input }));
    const [first, second] = [await start('{"a":1}'), await start('{"a":1}')];
    expect(second.executionArn).toBe(first.executionArn);
    expect(await errorNameOf(start('{"a":2}'))).toBe("ExecutionAlreadyExists");
    await stepFunctions.send(new StopExecutionCommand({ executionArn: first.executionArn }));
    expect(await errorNameOf(start('{"a":1}'))).toBe("ExecutionAlreadyExists");
  });

  it("stops at once, also while it waits; its token is stale then", async () => {
    const arn = await machines.start({ A: machines.tokenTask() });
    const { token } = await machines.message(arn);
    await stepFunctions.send(new StopExecutionCommand({ executionArn: arn, error: "Cancelled", cause: "by hand" }));
    expect(await machines.end(arn)).toMatchObject({ status: "ABORTED", error: "Cancelled", cause: "by hand" });
    expect(await errorNameOf(succeed(token))).toBe("TaskTimedOut");
  });

  it("ends as TIMED_OUT by the top-level TimeoutSeconds, whatever Retry and Catch say", async () => {
    const Catch = [{ ErrorEquals: ["States.ALL"], Next: "A" }];
    const ended = await machines.run({ A: machines.tokenTask({ Catch }) }, {}, { TimeoutSeconds: 1 });
    expect(ended.status).toBe("TIMED_OUT");
  });

  it("refuses an input above 256 KiB or not JSON", async () => {
    const stateMachineArn = await machines.create(pass);
    const start = (input: string) => stepFunctions.send(new StartExecutionCommand({ stateMachineArn, input }));
    expect(await errorNameOf(start(JSON.stringify("x".repeat(kib256))))).not.toBe("none");
    expect(await errorNameOf(start("{half"))).toBe("InvalidExecutionInput");
  });

  it("fails with States.DataLimitExceeded when a state gives more than 256 KiB", async () => {
    const doubled = { A: { Type: "Pass", Parameters: { "one.$": "$.x", "two.$": "$.x" }, End: true } };
    const ended = await machines.run(doubled, { x: "x".repeat(kib256 / 2) });
    expect(ended).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });

  it("goes on at the failed state when redriven, and keeps what the states before it gave", async () => {
    const arn = await machines.start({
      A: machines.tokenTask({ Next: "B" }),
      B: machines.tokenTask({ ResultPath: "$.b" }),
    });
    await succeed((await machines.message(arn, 1)).token, { a: 1 });
    await fail((await machines.message(arn, 2)).token, "Broken");
    expect(await machines.end(arn)).toMatchObject({ status: "FAILED", redriveStatus: "REDRIVABLE" });
    await stepFunctions.send(new RedriveExecutionCommand({ executionArn: arn }));
    await succeed((await machines.message(arn, 3)).token, 2);
    const ended = await machines.end(arn);
    expect([ended.status, JSON.parse(ended.output ?? ""), ended.redriveCount]).toEqual([
      "SUCCEEDED",
      { a: 1, b: 2 },
      1,
    ]);
  });
});

describe.concurrent("Step Functions: paths and choices", () => {
  const choose = (...Choices: Record<string, unknown>[]) => ({
    C: { Type: "Choice", Choices: Choices.map((choice) => ({ ...choice, Next: "Yes" })), Default: "No" },
    Yes: { Type: "Pass", Result: "yes", End: true },
    No: { Type: "Pass", Result: "no", End: true },
  });

  it.each([
    ["IsPresent of a value", { Variable: "$.value", IsPresent: true }, "yes"],
    ["IsPresent of null", { Variable: "$.nothing", IsPresent: true }, "yes"],
    ["IsPresent of an absent field", { Variable: "$.absent.deeper", IsPresent: true }, "no"],
    ["IsPresent: false of an absent field", { Variable: "$.absent", IsPresent: false }, "yes"],
    [
      "And that stops at the first false",
      {
        And: [
          { Variable: "$.absent", IsPresent: true },
          { Variable: "$.absent", StringEquals: "x" },
        ],
      },
      "no",
    ],
    ["Not", { Not: { Variable: "$.value", StringEquals: "b" } }, "yes"],
    ["StringEquals", { Variable: "$.value", StringEquals: "a" }, "yes"],
    ["StringEqualsPath", { Variable: "$.value", StringEqualsPath: "$.same" }, "yes"],
    ["BooleanEquals", { Variable: "$.flag", BooleanEquals: true }, "yes"],
    ["NumericGreaterThan", { Variable: "$.number", NumericGreaterThan: 3 }, "no"],
    [
      "TimestampLessThanPath of the state's own time",
      { Variable: "$.past", TimestampLessThanPath: "$$.State.EnteredTime" },
      "yes",
    ],
  ])("chooses by %s", async (_, choice, expected) => {
    const input = { value: "a", same: "a", nothing: null, flag: true, number: 3, past: "2020-01-01T00:00:00Z" };
    const { status, output } = await machines.run(choose(choice), input);
    expect([status, output]).toEqual(["SUCCEEDED", JSON.stringify(expected)]);
  });

  it("fails with States.Runtime when a Choice compares an absent field", async () => {
    const ended = await machines.run(choose({ Variable: "$.absent", StringEquals: "a" }));
    expect(ended).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });

  it("fails with States.NoChoiceMatched without a Default", async () => {
    const { Default: _, ...choice } = choose({ Variable: "$.value", StringEquals: "b" }).C;
    const states = { C: choice, Yes: { Type: "Succeed" } };
    expect(await machines.run(states, { value: "a" })).toMatchObject({
      status: "FAILED",
      error: "States.NoChoiceMatched",
    });
  });

  it("fails when Parameters name a path that is not there", async () => {
    const ended = await machines.run({ A: { Type: "Pass", Parameters: { "x.$": "$.absent" }, End: true } });
    expect(ended.status).toBe("FAILED");
    expect(["States.ParameterPathFailure", "States.Runtime"]).toContain(ended.error);
  });

  it("waits until the time that TimestampPath names", async () => {
    const until = new Date(Date.now() + 2_000);
    const { status } = await machines.run({ W: { Type: "Wait", TimestampPath: "$.until", End: true } }, { until });
    expect([status, Date.now() >= until.getTime()]).toEqual(["SUCCEEDED", true]);
  });

  it("fills Parameters from input, context object and intrinsic functions, and ends in Fail by ErrorPath and CausePath", async () => {
    const arn = await machines.start(
      {
        A: {
          Type: "Pass",
          Parameters: {
            "name.$": "$$.Execution.Name",
            "text.$": "States.Format('{}/{}', $.id, $.attempt)",
            "json.$": "States.JsonToString($.body)",
          },
          Next: "F",
        },
        F: { Type: "Fail", ErrorPath: "$.text", CausePath: "$.json" },
      },
      { id: "job", attempt: 2, body: { a: [1] } },
    );
    expect(await machines.end(arn)).toMatchObject({ status: "FAILED", error: "job/2", cause: '{"a":[1]}' });
  });

  it("maps items inline, each with its own token, in order", async () => {
    const ItemProcessor = { StartAt: "T", States: { T: machines.tokenTask({ ResultPath: "$.out" }) } };
    const ItemSelector = { "n.$": "$$.Map.Item.Value" };
    const arn = await machines.start(
      { M: { Type: "Map", ItemsPath: "$.items", ItemSelector, ItemProcessor, End: true } },
      { items: [1, 2] },
    );
    const tokens = [await machines.message(arn, 1), await machines.message(arn, 2)].map((message) => message.token);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) await succeed(token, "done");
    expect(JSON.parse((await machines.end(arn)).output ?? "")).toEqual([
      { n: 1, out: "done" },
      { n: 2, out: "done" },
    ]);
  });
});
