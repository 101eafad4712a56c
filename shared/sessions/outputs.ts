import type * as z from "zod";

/** The result of a finished job of the session. */
export type SessionOutput<Result> = { jobId: string; subject?: string; result: Result };

/**
 * Results of the session's finished jobs, as they were when the asking job was created; results that a person corrected
 * are among them.
 */
export type SessionOutputs = {
  /**
   * The latest of that type (about `subject`, where the type has subjects); `undefined` when there is none.
   * @throws UndeclaredReadError when the asking type does not read it
   */
  latest<Result>(
    type: { name: string; result: z.ZodType<Result> },
    subject?: string,
  ): Promise<SessionOutput<Result> | undefined>;
  /** The latest of each subject. @throws UndeclaredReadError */
  all<Result>(type: { name: string; result: z.ZodType<Result> }): Promise<SessionOutput<Result>[]>;
};
