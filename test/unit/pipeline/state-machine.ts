import { readFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as z from "zod";
import type { VirtualClock } from "../../../shared/memory/clock.ts";
import type { SentReport } from "../../../shared/memory/memory-messengers.ts";

const retrier = z.object({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number(),
  BackoffRate: z.number(),
  MaxAttempts: z.number(),
  MaxDelaySeconds: z.number().optional(),
});
const state = z.discriminatedUnion("Type", [
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
    ResultPath: z.string().nullable(),
    Retry: z.array(retrier),
    Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), ResultPath: z.string(), Next: z.string() })).optional(),
    Next: z.string(),
  }),
  z.object({ Type: z.literal("Succeed") }),
  z.object({ Type: z.literal("Fail") }),
]);
type TaskState = Extract<z.output<typeof state>, { Type: "Task" }>;

const machine = z
  .object({ StartAt: z.string(), States: z.record(z.string(), state) })
  .parse(JSON.parse(readFileSync("statemachines/dependency-sync.asl.json", "utf8")));

/** What a task came to: its result, or an error by name. */
export type TaskEnd = { result: unknown } | { error: string; cause: string };

export type Execution = {
  /** The states in the order in which they were entered, the terminal one last. */
  path: string[];
  /** Every try of a task that failed: state and error. */
  failures: string[];
};

type Data = Record<string, unknown>;

/**
 * Runs one execution of `dependency-sync.asl.json` as Step Functions does: its choices, waits, retries and catches are read
 * from the file. Waiting moves the virtual clock.
 * @param runTask runs the function of a task state with its payload, until it ends or its heartbeat runs out
 */
export const runExecution = async (
  input: Data,
  clock: VirtualClock,
  runTask: (stateName: string, payload: Data) => Promise<TaskEnd>,
): Promise<Execution> => {
  let data: Data = input;
  let name = machine.StartAt;
  const execution: Execution = { path: [], failures: [] };
  for (;;) {
    execution.path.push(name);
    const current = stateOf(name);
    switch (current.Type) {
      case "Succeed":
      case "Fail":
        return execution;
      case "Choice": {
        const chosen = current.Choices.find((choice) => read(data, choice.Variable) === choice.StringEquals);
        name = chosen?.Next ?? current.Default;
        break;
      }
      case "Wait":
        await clock.advance(Math.max(0, Date.parse(String(read(data, current.TimestampPath))) - clock.nowMs()));
        name = current.Next;
        break;
      case "Task": {
        const end = await runWithRetries(name, current, data, clock, runTask, execution);
        if ("result" in end) {
          data = current.ResultPath === null ? data : { ...data, [current.ResultPath.slice(2)]: end.result };
          name = current.Next;
          break;
        }
        const catcher = current.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, end.error));
        if (catcher === undefined) throw new Error(`${name} failed and nothing catches ${end.error}: ${end.cause}`);
        data = { ...data, [catcher.ResultPath.slice(2)]: { Error: end.error, Cause: end.cause } };
        name = catcher.Next;
      }
    }
  }
};

const runWithRetries = async (
  name: string,
  task: TaskState,
  data: Data,
  clock: VirtualClock,
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
    await clock.advance(delaySeconds * 1000);
  }
};

const stateOf = (name: string) => {
  const found = machine.States[name];
  if (found === undefined) throw new Error(`the state machine has no state ${name}`);
  return found;
};

const matches = (names: readonly string[], error: string): boolean =>
  names.includes(error) || names.includes("States.ALL");

/** The value at a path such as `$.fetch.outcome`. */
const read = (data: Data, path: string): unknown =>
  path
    .slice(2)
    .split(".")
    .reduce<unknown>((value, key) => (isData(value) ? value[key] : undefined), data);

const isData = (value: unknown): value is Data => typeof value === "object" && value !== null;

const payloadOf = (task: TaskState, data: Data, token: string): Data =>
  Object.fromEntries(
    Object.entries(task.Parameters.Payload).map(([key, value]) => {
      if (!key.endsWith(".$")) return [key, value];
      return [key.slice(0, -2), value === "$$.Task.Token" ? token : read(data, value)];
    }),
  );

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
