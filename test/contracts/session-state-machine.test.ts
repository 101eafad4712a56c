import { readFileSync } from "node:fs";
import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import {
  sessionExecutionInput,
  sessionJobInvocation,
  sessionSettleInvocation,
} from "../../shared/contracts/session-workflow.ts";
import { retryableErrorName } from "../../shared/sessions/run-session-job.ts";

type State = {
  Type: string;
  Comment?: string;
  Parameters?: { FunctionName: string; Payload: Record<string, unknown> };
  Retry?: { ErrorEquals: string[]; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; ResultPath: string; Next: string }[];
  ResultSelector?: unknown;
};

const text = readFileSync("statemachines/session-job.asl.json", "utf8");
const machine: { States: Record<string, State> } = JSON.parse(text);
const { Run, RecordFailure } = machine.States;
const payloadKeys = (state: State | undefined) =>
  Object.keys(state?.Parameters?.Payload ?? {})
    .map((key) => key.replace(/\.\$$/, ""))
    .sort();

describe("session-job.asl.json", () => {
  it("is a valid state machine with a comment on every state", () => {
    expect(validate(JSON.parse(text)).isValid).toBe(true);
    const silent = Object.entries(machine.States).filter(([, state]) => (state.Comment ?? "").length < 20);
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it("knows no job type: one task runs any of them, and one settles what failed", () => {
    const tasks = Object.entries(machine.States).filter(([, { Type }]) => Type === "Task");
    expect(tasks.map(([name, state]) => [name, state.Parameters?.FunctionName])).toEqual([
      ["Run", `$${"{RunJobFunctionArn}"}`],
      ["RecordFailure", `$${"{SettleFunctionArn}"}`],
    ]);
    expect(Run).toMatchObject({
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      HeartbeatSecondsPath: "$.heartbeatSeconds",
      TimeoutSeconds: 3600,
    });
  });

  it("sends each task exactly the fields that its handler parses, from what an execution is started with", () => {
    expect(payloadKeys(Run)).toEqual(Object.keys(sessionJobInvocation.shape).sort());
    expect(payloadKeys(RecordFailure)).toEqual(Object.keys(sessionSettleInvocation.shape).sort());
    const known = new Set([...Object.keys(sessionExecutionInput.shape), "run", "error", "settled"]);
    const states = Object.values(machine.States).map(({ ResultSelector: _, ...state }) => state);
    const paths = [...JSON.stringify(states).matchAll(/"\$\.(\w+)/g)].map((match) => match[1] ?? "");
    expect(paths.filter((field) => !known.has(field))).toEqual([]);
  });

  it("tries again what the engine names, hands the baton over 9,999 times, and settles everything else", () => {
    const own = (Run?.Retry ?? []).map(({ ErrorEquals, MaxAttempts }) => [
      ErrorEquals.filter((name) => !/^(States|Lambda|Runtime|Sandbox)\./.test(name)),
      MaxAttempts,
    ]);
    expect(own).toEqual([
      [["StageYielded"], 9999],
      [["LeaseHeldError", "LeaseLostError"], 20],
      [[retryableErrorName, "WorkerLost"], 5],
    ]);
    expect(Run?.Catch?.map(({ ErrorEquals, Next }) => [ErrorEquals, Next])).toEqual([
      [["StaleAttemptError"], "AttemptSuperseded"],
      [["States.ALL"], "RecordFailure"],
    ]);
  });
});
