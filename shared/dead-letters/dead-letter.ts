/** A message that could not be handled. */
export type DeadLetter = {
  id: string;
  body: string;
  /** When it was first sent, in epoch milliseconds. */
  sentAtMs: number;
  /** What whoever gave up on it wrote beside it; a worker that fails writes nothing. */
  error?: string;
};
