import { readFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as z from "zod";
import type { SyncJobType } from "../../../shared/contracts/sync-stages.ts";
import type { SentReport } from "../../../shared/memory/memory-messengers.ts";

const retrier = z.object({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number(),
  BackoffRate: z.number(),
  MaxAttempts: z.number(),
  MaxDelaySeconds: z.number().optional(),
});
const state = z.union([
  z.object({
    Type: z.literal("Choice"),
    Choices: z.array(z.object({ Variable: z.string(), StringEquals: z.string(), Next: z.string() })),
    Default: z.string(),
  }),
  z.object({ Type: z.literal("Wait"), TimestampPath: z.string(), Next: z.string() }),
  z.object({
    Type: z.literal("Task"),
    Resource: z.string(),
    Parameters: z.object({ Payload: z.record(z.string(), z.string()) }),
    ResultSelector: z.record(z.string(), z.string()).optional(),
    ResultPath: z.string().nullable(),
    Retry: z.array(retrier),
    Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), ResultPath: z.string(), Next: z.string() })).optional(),
    Next: z.string(),
  }),
  z.object({ Type: z.literal("Succeed") }),
  z.strictObject({ Type: z.literal("Fail"), Comment: z.string(), Error: z.string(), Cause: z.string() }),
  z.strictObject({ Type: z.literal("Fail"), Comment: z.string(), ErrorPath: z.string(), CausePath: z.string() }),
]);
type TaskState = Extract<z.output<typeof state>, { Type: "Task" }>;
type FailState = Extract<z.output<typeof state>, { Type: "Fail" }>;

const machineOf = (name: string) =>
  z
    .object({ StartAt: z.string(), States: z.record(z.string(), state) })
    .parse(JSON.parse(readFileSync(`statemachines/${name}.asl.json`, "utf8")));

const machines = {
  "dependency.sync": machineOf("dependency-sync"),
  "provider.sync": machineOf("provider-sync"),
  "session.job": machineOf("session-job"),
};

/** What a task came to: its result, or an error by name. A time-out has no cause. */
export type TaskEnd = { result: unknown } | { error: string; cause?: string };

export type Execution = {
  /** The states in the order in which they were entered, the terminal one last. */
  path: string[];
  /** Every try of a task that failed: state and error. */
  failures: string[];
  /** What the console shows of an execution that failed. */
  ended?: { error: string; cause: string };
};

type Data = Record<string, unknown>;

/** Time as the state machine spends it. */
export type ExecutionTime = { nowMs(): number; wait(durationMs: number): Promise<void> };

/**
 * Runs one execution of the type's state machine as Step Functions does: its choices, waits, retries and catches are read
 * from the file.
 * @param runTask runs the function of a task state with its payload, until it ends or its heartbeat runs out
 */
export const runExecution = async (
  input: Data,
  time: ExecutionTime,
  runTask: (stateName: string, payload: Data) => Promise<TaskEnd>,
  type: SyncJobType | "session.job" = "dependency.sync",
): Promise<Execution> => {
  const machine = machines[type];
  const stateOf = (stateName: string) => {
    const found = machine.States[stateName];
    if (found === undefined) throw new Error(`the state machine has no state ${stateName}`);
    return found;
  };
  let data: Data = input;
  let name = machine.StartAt;
  const execution: Execution = { path: [], failures: [] };
  for (;;) {
    execution.path.push(name);
    const current = stateOf(name);
    switch (current.Type) {
      case "Succeed":
        return execution;
      case "Fail":
        return { ...execution, ended: shownEnd(current, data) };
      case "Choice": {
        const chosen = current.Choices.find((choice) => read(data, choice.Variable) === choice.StringEquals);
        name = chosen?.Next ?? current.Default;
        break;
      }
      case "Wait":
        await time.wait(Math.max(0, Date.parse(String(read(data, current.TimestampPath))) - time.nowMs()));
        name = current.Next;
        break;
      case "Task": {
        const end = await runWithRetries(name, current, data, time, runTask, execution);
        if ("result" in end) {
          const result = resultOf(current, end.result);
          data = current.ResultPath === null ? data : { ...data, [current.ResultPath.slice(2)]: result };
          name = current.Next;
          break;
        }
        const catcher = current.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, end.error));
        if (catcher === undefined) throw new Error(`${name} failed and nothing catches ${end.error}: ${end.cause}`);
        data = {
          ...data,
          [catcher.ResultPath.slice(2)]: { Error: end.error, ...(end.cause === undefined ? {} : { Cause: end.cause }) },
        };
        name = catcher.Next;
      }
    }
  }
};

const runWithRetries = async (
  name: string,
  task: TaskState,
  data: Data,
  time: ExecutionTime,
  runTask: (stateName: string, payload: Data) => Promise<TaskEnd>,
  execution: Execution,
): Promise<TaskEnd> => {
  const tries = new Map<z.output<typeof retrier>, number>();
  for (let token = 1; ; token += 1) {
    const payload = payloadOf(task, data, `${data.jobId}-${data.attempt} ${name} ${execution.path.length} ${token}`);
    const end = await runTask(name, payload);
    if ("result" in end) return end;
    execution.failures.push(`${name} ${end.error}`);
    const chosen = task.Retry.find(({ ErrorEquals }) => matches(ErrorEquals, end.error));
    const tried = chosen === undefined ? 0 : (tries.get(chosen) ?? 0);
    if (chosen === undefined || tried >= chosen.MaxAttempts) return end;
    tries.set(chosen, tried + 1);
    const delaySeconds = Math.min(chosen.IntervalSeconds * chosen.BackoffRate ** tried, chosen.MaxDelaySeconds ?? 1e9);
    await time.wait(delaySeconds * 1000);
  }
};

const matches = (names: readonly string[], error: string): boolean =>
  names.includes(error) || names.includes("States.ALL");

/** The value at a path such as `$.fetch.outcome`. */
const read = (data: Data, path: string): unknown =>
  path
    .slice(2)
    .split(".")
    .reduce<unknown>((value, key) => (isData(value) ? value[key] : undefined), data);

/** As `read`, but a path that leads nowhere ends the execution, as `States.Runtime` does. */
const readThere = (data: Data, path: string): unknown => {
  const value = read(data, path);
  if (value === undefined) throw new Error(`there is nothing at ${path} of ${JSON.stringify(data)}`);
  return value;
};

const isData = (value: unknown): value is Data => typeof value === "object" && value !== null;

const payloadOf = (task: TaskState, data: Data, token: string): Data =>
  filledIn(task.Parameters.Payload, (path) => (path === "$$.Task.Token" ? token : readThere(data, path)));

/** A template with its paths replaced by what is there. */
const filledIn = (template: Record<string, string>, valueAt: (path: string) => unknown): Data =>
  Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith(".$") ? [key.slice(0, -2), valueAt(value)] : [key, value],
    ),
  );

/** What goes to the task's `ResultPath`. The result of a plain invocation is an envelope around the function's answer. */
const resultOf = (task: TaskState, answer: unknown): unknown => {
  const result = task.Resource.endsWith(".waitForTaskToken") ? answer : { Payload: answer, StatusCode: 200 };
  if (task.ResultSelector === undefined) return result;
  return filledIn(task.ResultSelector, (path) => readThere(isData(result) ? result : {}, path));
};

const shownEnd = (state: FailState, data: Data): { error: string; cause: string } => {
  if ("Error" in state) return { error: state.Error, cause: state.Cause };
  const [error, cause] = [readThere(data, state.ErrorPath), readThere(data, state.CausePath)];
  if (typeof error !== "string" || typeof cause !== "string") throw new Error("error and cause must be texts");
  return { error, cause };
};

/** What was reported to a task token, if anything was. */
export const endOfToken = (sent: readonly SentReport[], token: string): TaskEnd | undefined => {
  const report = sent.find((one) => one.token === token && one.report !== "heartbeat");
  if (report?.report === "succeed") return { result: report.output };
  if (report?.report === "fail") return { error: report.errorName, cause: report.cause };
  return undefined;
};

/** Lets everything run on that can run without time moving. */
export const settleTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
};
