import { existsSync, readdirSync, readFileSync } from "node:fs";
import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import { allSyncStages, providerSyncStages, syncStages } from "../../shared/contracts/sync-stages.ts";
import { settleInvocation, stageInvocation, syncExecutionInput } from "../../shared/contracts/sync-workflow.ts";

type Retrier = {
  ErrorEquals: string[];
  IntervalSeconds: number;
  MaxAttempts: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: string;
};
type State = {
  Type: string;
  Comment?: string;
  Resource?: string;
  ResultSelector?: Record<string, string>;
  ResultPath?: string;
  ErrorPath?: string;
  CausePath?: string;
  Parameters?: { FunctionName: string; Payload: Record<string, unknown> };
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; ResultPath: string; Next: string }[];
  Next?: string;
  Choices?: { Variable: string; StringEquals: string; Next: string }[];
  Default?: string;
  TimeoutSeconds?: number;
  HeartbeatSecondsPath?: string;
};

const textOf = (name: string): string => readFileSync(`statemachines/${name}.asl.json`, "utf8");
const stateOf = (stage: string): string => stage.slice(0, 1).toUpperCase() + stage.slice(1);
const payloadKeys = (state: State | undefined) =>
  Object.keys(state?.Parameters?.Payload ?? {}).map((key) => key.replace(/\.\$$/, ""));

/** Names that AWS gives to errors; all others are classes of ours. */
const isPlatformError = (name: string): boolean => /^(States|Lambda|Runtime|Sandbox)\./.test(name);

/** Literal name and kind of every error class that a stage can throw. */
const thrownErrors = readdirSync("shared")
  // A session's job tells all of its own under one name: `session-job.asl.json` has a test of its own. Embed jobs run in no
  // execution, and try again by themselves.
  .filter((folder) => !["sessions", "embeddings"].includes(folder))
  .map((folder) => `shared/${folder}/errors.ts`)
  .filter((file) => existsSync(file))
  .flatMap((file) =>
    readFileSync(file, "utf8")
      .split(/^export class /m)
      .slice(1),
  )
  .map((source) => ({
    name: /override readonly name = "([^"]+)"/.exec(source)?.[1],
    kind: /readonly kind(?:: \w+)? = "(\w+)"/.exec(source)?.[1],
  }));

describe.each([
  { name: "dependency-sync", jobStages: syncStages },
  { name: "provider-sync", jobStages: providerSyncStages },
])("$name.asl.json", ({ name: machineName, jobStages }) => {
  const text = textOf(machineName);
  const machine: { StartAt: string; States: Record<string, State> } = JSON.parse(text);
  const stages = jobStages.map((stage) => ({ stage, name: stateOf(stage), state: machine.States[stateOf(stage)] }));

  it("is a valid state machine with a comment on every state", () => {
    expect(validate(JSON.parse(text)).isValid).toBe(true);
    const silent = Object.entries(machine.States).filter(([, state]) => (state.Comment ?? "").length < 20);
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it("keeps its substitutions in string positions: it is plain JSON, and each names a function of the CDK app", () => {
    const names = [...text.matchAll(/"\$\{(\w+)\}"/g)].map((match) => match[1]);
    expect([...new Set(names)].sort()).toEqual(
      [...jobStages.map((stage) => `${stateOf(stage)}FunctionArn`), "SettleFunctionArn"].sort(),
    );
    expect(text.match(/\$\{/g)).toHaveLength(names.length);
  });

  it("has one token task for every stage, and an entry point of the same name", () => {
    for (const { stage, state } of stages) {
      expect(state?.Resource).toBe("arn:aws:states:::lambda:invoke.waitForTaskToken");
      expect(state?.Parameters?.FunctionName).toBe(`\${${stateOf(stage)}FunctionArn}`);
      expect(state?.HeartbeatSecondsPath).toBe("$.heartbeatSeconds");
      expect(state?.TimeoutSeconds).toBe(3600);
      expect(existsSync(`lambdas/stages/${stage}.ts`)).toBe(true);
    }
  });

  it("sends each task exactly the fields that its handler parses", () => {
    for (const { state } of stages)
      expect(payloadKeys(state).sort()).toEqual(Object.keys(stageInvocation.shape).sort());
    const [failed, cancelled] = settleInvocation.options;
    expect(payloadKeys(machine.States.RecordFailure).sort()).toEqual(Object.keys(failed.shape).sort());
    expect(payloadKeys(machine.States.RecordCancel).sort()).toEqual(Object.keys(cancelled.shape).sort());
  });

  it("reads from its input only what an execution is started with, or what a stage has put there", () => {
    const known = new Set([...Object.keys(syncExecutionInput.shape), ...jobStages, "error", "settled"]);
    // A selector reads the task's result, not the state's input.
    const states = Object.values(machine.States).map(({ ResultSelector: _, ...state }) => state);
    const paths = [...JSON.stringify(states).matchAll(/"\$\.(\w+)/g)].map((match) => match[1] ?? "");
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((field) => !known.has(field))).toEqual([]);
    for (const { stage, state } of stages) expect(state).toMatchObject({ ResultPath: `$.${stage}` });
  });

  it("hands the error it caught to RecordFailure as it is: a time-out has no cause to pick out", () => {
    const caught = stages.flatMap(({ state }) => (state?.Catch ?? []).filter(({ Next }) => Next !== "Done"));
    expect(new Set(caught.map(({ ResultPath }) => ResultPath))).toEqual(new Set(["$.error"]));
    expect(machine.States.RecordFailure?.Parameters?.Payload).toMatchObject({ "error.$": "$.error" });
    const [failed] = settleInvocation.options;
    expect(failed.shape.error.parse({ Error: "States.Timeout" })).toEqual({ Error: "States.Timeout", Cause: "" });
  });

  it("ends with the error and the message that settling the job came to", () => {
    for (const name of ["RecordFailure", "RecordCancel"]) {
      expect(machine.States[name]).toMatchObject({
        Resource: "arn:aws:states:::lambda:invoke",
        ResultSelector: { "error.$": "$.Payload.error", "message.$": "$.Payload.message" },
        ResultPath: "$.settled",
      });
    }
    expect(machine.States.SyncFailed).toMatchObject({
      ErrorPath: "$.settled.error",
      CausePath: "$.settled.message",
    });
    const selecting = Object.entries(machine.States).filter(([, state]) => state.ResultSelector !== undefined);
    expect(selecting.map(([name]) => name)).toEqual(["RecordFailure", "RecordCancel"]);
  });

  it("pays for no state between two stages: the one that brings a change goes from task to task", () => {
    const path = ["ResumeAt"];
    for (let name = machine.States.ResumeAt?.Default; name !== undefined; ) {
      path.push(name);
      const state: State | undefined = machine.States[name];
      name = state?.Next ?? state?.Default;
    }
    const [fetch, ...later] = jobStages.map(stateOf);
    expect(path).toEqual(["ResumeAt", fetch, "AfterFetch", ...later]);
  });

  it("skips the stages up to done where the document is unchanged, and takes that for no failure", () => {
    const skipping = stages.flatMap(({ name, state }) =>
      (state?.Catch ?? []).filter(({ Next }) => Next === "Done").map(({ ErrorEquals }) => ({ name, ErrorEquals })),
    );
    expect(skipping).toEqual([{ name: "Snapshot", ErrorEquals: ["DocumentUnchanged"] }]);
  });

  it("begins a retried job at any stage", () => {
    const choices = machine.States.ResumeAt?.Choices ?? [];
    expect(choices.map(({ StringEquals, Next }) => [StringEquals, Next])).toEqual(
      jobStages.slice(1).map((stage) => [stage, stateOf(stage)]),
    );
    expect(machine.States.ResumeAt?.Default).toBe("Fetch");
  });

  it("retries exactly the errors that the code calls retryable", () => {
    const retried = new Set(
      stages.flatMap(({ state }) => (state?.Retry ?? []).flatMap((retrier) => retrier.ErrorEquals)),
    );
    const retryable = thrownErrors.filter((error) => error.kind === "retryable").map((error) => error.name);
    expect([...retried].filter((name) => !isPlatformError(name)).sort()).toEqual(retryable.sort());
  });

  it("catches by name only errors that the code throws as permanent, and everything else in RecordFailure", () => {
    const permanent = thrownErrors.filter((error) => error.kind === "permanent").map((error) => error.name);
    for (const { state } of stages) {
      const catchers = state?.Catch ?? [];
      expect(catchers.at(-1)).toMatchObject({ ErrorEquals: ["States.ALL"], Next: "RecordFailure" });
      for (const name of catchers.slice(0, -1).flatMap((catcher) => catcher.ErrorEquals))
        expect(permanent).toContain(name);
    }
  });

  it("backs off exponentially with full jitter and a cap, and hands a yielded stage over at once", () => {
    for (const { state } of stages) {
      const [yielded, ...failures] = state?.Retry ?? [];
      expect(yielded).toMatchObject({ ErrorEquals: ["StageYielded"], IntervalSeconds: 1, BackoffRate: 1 });
      for (const retrier of failures) {
        expect(retrier.JitterStrategy).toBe("FULL");
        expect(retrier.MaxDelaySeconds).toBeLessThanOrEqual(60);
        expect(retrier.MaxAttempts).toBeGreaterThan(0);
      }
    }
  });
});

describe("the state machines together", () => {
  it("have an entry point for every stage, and no other", () => {
    const entryPoints = readdirSync("lambdas/stages").filter(
      (file) => !["settle.ts", "stage-handler.ts"].includes(file),
    );
    expect(entryPoints.sort()).toEqual(allSyncStages.map((stage) => `${stage}.ts`).sort());
  });

  it("differ in alert and notify alone, but for their words", () => {
    const shape = (name: string): unknown =>
      JSON.parse(
        textOf(name)
          .replaceAll(/"Comment": "[^"]*"/g, '"Comment": ""')
          .replaceAll(/[Nn]otify/g, "Alert")
          .replaceAll("alert", "Alert"),
      );
    expect(shape("provider-sync")).toEqual(shape("dependency-sync"));
  });
});
