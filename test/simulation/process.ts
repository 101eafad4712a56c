import { UnexpectedError } from "../../shared/jobs/errors.ts";
import type { Clock } from "../../shared/jobs/ports.ts";
import type { Choices } from "./choices.ts";
import type { Scheduler, Strand } from "./scheduler.ts";

/** How often, of 1,000 calls, each thing goes wrong. */
export type FaultRates = {
  /** The process dies before a call, or after it was made and before its answer came. */
  crash: number;
  /** The call is refused and nothing happened. */
  refused: number;
  /** The call was made and its answer is lost. */
  answerLost: number;
  /** The call takes long, while the process goes on. */
  slow: number;
  /** The whole process stands still. */
  frozen: number;
};

export const noFaults: FaultRates = { crash: 0, refused: 0, answerLost: 0, slow: 0, frozen: 0 };

/** What a function's process is made of. */
export type ProcessWorld = {
  scheduler: Scheduler;
  choices: Choices;
  /** Faults of now. */
  rates(): FaultRates;
  note(line: string): void;
};

/** Longer than a lease and a heartbeat, so that others take over what a slow or frozen process has. */
const longestStallMs = 150_000;

/** Most by which a machine's clock differs from the true time, in milliseconds; the engine allows for 3 s between two. */
const maxSkewMs = 1_000;

export type SimulatedProcess = Strand & {
  clock: Clock;
  /** Milliseconds that it may still live. */
  remainingMs(): number;
  /** Ends it: none of its calls is made or answered from now on. */
  kill(why: string): void;
  /** Ends it as its work is done. */
  finish(): void;
  /** Resolves when it was killed. */
  died: Promise<"died">;
  /** The same port, each of whose calls may be slow, refused, unanswered, or the last one. */
  connect<Port extends object>(name: string, port: Port): Port;
};

/**
 * One invocation of a function.
 * @param lifetimeMs time until the platform stops it
 */
export const startProcess = (world: ProcessWorld, name: string, lifetimeMs: number): SimulatedProcess => {
  const { scheduler, choices, note } = world;
  const skewMs = choices.pick(2 * maxSkewMs) - maxSkewMs;
  const endsAtMs = scheduler.nowMs() + lifetimeMs;
  let announceDeath = (_: "died"): void => {};
  const died = new Promise<"died">((resolve) => {
    announceDeath = resolve;
  });
  const never = new Promise<never>(() => {});

  const call = async (label: string, make: () => unknown): Promise<unknown> => {
    await stall(label);
    await scheduler.gate(process);
    if (choices.happens(world.rates().crash)) return killed(`before ${label}`);
    if (choices.happens(world.rates().refused)) {
      note(`${name}: ${label} is refused`);
      throw new UnexpectedError(`${label}: the service is throttling`);
    }
    const answer = await make();
    await stall(`the answer of ${label}`);
    await scheduler.gate(process);
    if (choices.happens(world.rates().crash)) return killed(`after ${label}`);
    if (choices.happens(world.rates().answerLost)) {
      note(`${name}: the answer of ${label} is lost`);
      throw new UnexpectedError(`${label}: the connection was reset`);
    }
    return answer;
  };

  const stall = async (label: string): Promise<void> => {
    if (choices.happens(world.rates().slow)) {
      note(`${name}: ${label} takes long`);
      await scheduler.sleep(process, choices.pick(longestStallMs));
    }
    if (choices.happens(world.rates().frozen)) {
      note(`${name} stands still at ${label}`);
      process.frozenUntilMs = scheduler.nowMs() + choices.pick(longestStallMs);
    }
  };

  const killed = (why: string): Promise<never> => {
    process.kill(why);
    return never;
  };

  const process: SimulatedProcess = {
    name,
    isDead: false,
    frozenUntilMs: 0,
    died,
    clock: {
      nowMs: () => scheduler.nowMs() + skewMs,
      sleep: (durationMs, signal) => scheduler.sleep(process, durationMs, signal),
    },
    remainingMs: () => endsAtMs - scheduler.nowMs(),
    kill(why) {
      if (process.isDead) return;
      process.isDead = true;
      note(`${name} dies ${why}`);
      announceDeath("died");
    },
    finish() {
      process.isDead = true;
    },
    connect: (portName, port) =>
      new Proxy(port, {
        get(target, key) {
          const value: unknown = Reflect.get(target, key);
          if (typeof value !== "function") return value;
          return (...given: unknown[]) => call(`${portName}.${String(key)}`, () => Reflect.apply(value, target, given));
        },
      }),
  };
  // The platform stops it whatever it is doing, and also when it stands still.
  const platform: Strand = { name: "platform", isDead: false, frozenUntilMs: 0 };
  void scheduler.sleep(platform, lifetimeMs).then(() => process.kill("as its time is up"));
  return process;
};
