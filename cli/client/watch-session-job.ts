import type * as z from "zod";
import type { anyJobStatus } from "../../shared/contracts/api/sessions.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { ApiSession } from "./api-session.ts";
import { printable, printJson } from "./print.ts";

export type SessionJob = z.output<typeof anyJobStatus>;

/** The docs of the API advise five to ten seconds to programs; a person who watches wants to see it move. */
const pollEveryMs = 1_000;

const isOver = ({ status }: SessionJob): boolean => status !== "queued" && status !== "running";

/**
 * Follows a session's job to its end: one line that is written over on a terminal, else a line for each news; then its
 * result as JSON.
 * @returns 1 when it failed
 */
export const watchSessionJob = async (
  session: ApiSession,
  params: { sessionId: string; sessionJobId: string },
): Promise<ExitCode> => {
  const { client, write, format, columns } = session;
  let shown = "";
  const show = (job: SessionJob): void => {
    const line = isOver(job) ? "" : progressLine(job);
    if (format === "json" || line === shown) return;
    if (columns !== undefined) write(`\r\u001b[2K${line.slice(0, columns - 1)}`);
    else if (line !== "") write(`${line}\n`);
    shown = line;
  };
  let job = await client.call("getSessionJob", { params });
  for (show(job); !isOver(job); show(job)) {
    await session.sleep(pollEveryMs);
    job = await client.call("getSessionJob", { params });
  }
  if (!printJson(session, job) && job.result !== undefined) write(`${JSON.stringify(job.result, null, 2)}\n`);
  if (job.status === "finished") return exitCodes.fine;
  for (const line of job.errors ?? ["it failed without a word"]) session.writeError(`forewarn: ${printable(line)}\n`);
  return exitCodes.failOnMet;
};

/** @example progressLine(job) → "processing: https://api.example.com/docs 3/12" */
export const progressLine = ({ status, progress = {} }: SessionJob): string => {
  const {
    stage = status,
    message,
    processedDocuments,
    totalDocuments,
    completedIterations,
    totalIterations,
  } = progress;
  const completed = processedDocuments ?? completedIterations;
  const total = totalDocuments ?? totalIterations;
  const counted = completed === undefined ? "" : ` ${completed}${total === undefined ? "" : `/${total}`}`;
  return printable(`${stage}${message === undefined ? "" : `: ${message}`}${counted}`);
};
