import type * as z from "zod";
import type { HostTurns } from "../../hosts/ports.ts";
import type { Clock } from "../../jobs/ports.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import type { DocumentationShelf } from "../documentation.ts";
import { UnreadableProgressError } from "../errors.ts";
import type { SessionOutputs } from "../outputs.ts";

/** Stage words of `seeds/1`, in the order in which a job may pass them. `queue` and `finished` are the engine's own. */
export const jobStages = ["running", "chunking", "processing_chunks", "processing"] as const;
export type JobStage = (typeof jobStages)[number];

/** What a status answer counts: nothing, `processedDocuments/totalDocuments` or `completedIterations/totalIterations`. */
export type ProgressCounts = "none" | "documents" | "iterations";

/** What a job says of its work to people. */
export type JobReport = { message?: string; completed?: number; total?: number };

/** Bodies of one job: files of any size, which go when their session goes. */
export type JobBodies = {
  /** Stores the bytes once, however often it is called. Returns their key. */
  put(bytes: Uint8Array, contentType: string): Promise<string>;
  /** `undefined` when there is nothing under the key, or it is another tenant's. */
  get(key: string): Promise<Uint8Array | undefined>;
};

/** What a job type may reach beside its session. */
export type JobPorts = {
  /** The only way to the network: public addresses, limits on bytes and time. */
  fetch: GuardedFetch;
  /** Turns at hosts, over all tenants and workers: see `shared/hosts/take-turn.ts`. */
  hosts: HostTurns;
  bodies: JobBodies;
  documentation: DocumentationShelf;
  clock: Clock;
  log(event: string, fields: Record<string, unknown>): void;
};

/** What a stage is given. */
export type JobContext<Input, Progress> = {
  tenantId: string;
  sessionId: string;
  jobId: string;
  input: Input;
  /** As it was saved last, by this worker or one before it; what `start` gave when nothing was saved. */
  progress: Progress;
  /** Results of the session's finished jobs, of the types that `reads` names. */
  outputs: SessionOutputs;
  /**
   * Makes the progress what a later worker goes on from, under this worker's lease.
   * @throws LeaseLostError
   */
  saveProgress(progress: Progress): Promise<void>;
  /** Tells people; written with the next progress, or once a second. @throws LeaseLostError */
  report(report: JobReport): Promise<void>;
  /** Aborts when this worker must stop: pass it to everything that waits. */
  signal: AbortSignal;
  /** Milliseconds until the function is stopped. */
  remainingMs(): number;
  /** `true` when the time is nearly up: answer with the progress, and another worker goes on from it. */
  mustYield(): boolean;
  ports: JobPorts;
};

/** How a stage ended; errors are thrown. */
export type StageAnswer<Progress, Result> =
  /** On to the stage `next`; without it this one goes on later, in another worker, from `waitUntilMs` on if that is given. */
  { progress: Progress; next?: JobStage; waitUntilMs?: number } | { result: Result };

export type JobTypeDefinition<Name extends string, Input, Progress, Result> = {
  name: Name;
  /** What starts a job. JSON; unknown fields are refused with `z.strictObject`. */
  input: z.ZodType<Input>;
  /** JSON of at most 256 KiB: what is larger goes to `ports.bodies`, and the result names its key. */
  result: z.ZodType<Result>;
  /** Where a job stands: JSON of at most 256 KiB, from which a worker that knows nothing else goes on. */
  progress: z.ZodType<Progress>;
  counts: ProgressCounts;
  /** What the job reads of its session. The same input reuses a result only where this is the same too. */
  reads?: { jobTypes?: readonly string[]; documentation?: true };
  /**
   * What a job is about, where a session has a latest result for each of it: the object class of
   * `digester.getAttributes`. @default one latest result for the whole type
   */
  subjectOf?(input: Input): string;
  /** What of the input decides the result, for reuse. @default all of it */
  identityOf?(input: Input): unknown;
  start(input: Input): Progress;
  /** In their order; a job begins with the first one. */
  stages: Partial<Record<JobStage, (context: JobContext<Input, Progress>) => Promise<StageAnswer<Progress, Result>>>>;
};

/** A job type as the engine sees it: its own types are behind the schemas. */
export type JobType<Name extends string = string, Result = unknown> = {
  name: Name;
  counts: ProgressCounts;
  input: z.ZodType;
  result: z.ZodType<Result>;
  progress: z.ZodType;
  reads: { jobTypes: readonly string[]; documentation: boolean };
  firstStage: JobStage;
  /** @throws z.ZodError for another type's input */
  subjectOf(input: unknown): string | undefined;
  /** @throws z.ZodError */
  identityOf(input: unknown): unknown;
  /**
   * Runs one stage. `progress` as it was stored, `undefined` at the start.
   * @throws UnreadableProgressError when another release saved it, or the stage is none of this type's
   */
  run(stage: JobStage, context: RawJobContext): Promise<StageAnswer<unknown, unknown>>;
};

/** The context before a type's schemas have read it. */
export type RawJobContext = JobContext<unknown, unknown>;

/**
 * Makes a job type from its one file; a line in `registry.ts` makes it known (`docs/sessions.md`).
 *
 * @example
 * export const countLinks = defineJobType({
 *   name: "example.countLinks",
 *   input: z.strictObject({ url: z.url() }),
 *   result: z.object({ links: z.number() }),
 *   progress: z.object({}),
 *   counts: "none",
 *   start: () => ({}),
 *   stages: { processing: async ({ input, ports, signal }) => ({ result: await count(ports.fetch, input.url, signal) }) },
 * });
 */
export const defineJobType = <Name extends string, Input, Progress, Result>(
  definition: JobTypeDefinition<Name, Input, Progress, Result>,
): JobType<Name, Result> => {
  const { name, input, progress, result, stages, subjectOf, identityOf } = definition;
  const firstStage = jobStages.find((stage) => stages[stage] !== undefined);
  if (firstStage === undefined) throw new TypeError(`the job type ${name} has no stage`);
  return {
    name,
    counts: definition.counts,
    input,
    result,
    progress,
    reads: { jobTypes: definition.reads?.jobTypes ?? [], documentation: definition.reads?.documentation ?? false },
    firstStage,
    subjectOf: (raw) => subjectOf?.(input.parse(raw)),
    identityOf(raw) {
      const own = input.parse(raw);
      return identityOf === undefined ? own : identityOf(own);
    },
    async run(stage, context) {
      const work = stages[stage];
      const ownInput = input.safeParse(context.input);
      if (work === undefined || !ownInput.success) throw new UnreadableProgressError(name);
      const started = context.progress === undefined ? undefined : progress.safeParse(context.progress);
      if (started?.success === false) throw new UnreadableProgressError(name);
      return work({
        ...context,
        input: ownInput.data,
        progress: started === undefined ? definition.start(ownInput.data) : started.data,
      });
    },
  };
};
