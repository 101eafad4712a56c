import { defineCommand } from "citty";
import { deadLetterQueueName } from "../../shared/contracts/api/dead-letters.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { UsageError } from "../errors.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

/** The most letters of a queue that one answer lists. */
const listedLetters = 100;

const readQueue = (text: string) => {
  const { data } = deadLetterQueueName.safeParse(text);
  if (data === undefined)
    throw new UsageError(`the queues are ${deadLetterQueueName.options.join(", ")}; ${text} is none of them`);
  return data;
};

export const listDeadLetters = async (
  session: ApiSession,
  { queue }: { queue?: string | undefined },
): Promise<void> => {
  const query = { limit: listedLetters, ...(queue === undefined ? {} : { queue: readQueue(queue) }) };
  const { data } = await session.client.call("listDeadLetters", { query });
  if (printJson(session, data)) return;
  if (data.letters.length > 0) {
    const rows = data.letters.map((letter) => [letter.queue, letter.id, ageOf(letter.ageSeconds), letter.reason]);
    printTable(session, ["queue", "letter", "age", "reason"], rows);
  }
  for (const { queue: name, count } of data.queues) printLine(session, `${name}: ${count}`);
};

/** Goes on until the queue is empty or a letter cannot be sent back. @returns 1 when some could not */
export const redriveDeadLetters = async (
  session: ApiSession,
  { queue, letter, all }: { queue: string; letter?: string | undefined; all: boolean },
): Promise<ExitCode> => {
  if ((letter === undefined) !== all) throw new UsageError("give --letter ID for one, or --all");
  const body = { queue: readQueue(queue), ...(letter === undefined ? {} : { id: letter }) };
  const total = { redriven: 0, failed: 0, left: 0 };
  for (let isMore = true; isMore; ) {
    const { data } = await session.client.call("redriveDeadLetters", { body });
    total.redriven += data.redriven;
    total.failed += data.failed;
    total.left = data.left;
    isMore = all && data.left > 0 && data.redriven > 0 && data.failed === 0;
  }
  if (!printJson(session, total))
    printLine(session, `${total.redriven} sent back, ${total.failed} could not be, about ${total.left} left`);
  return total.failed > 0 ? exitCodes.failOnMet : exitCodes.fine;
};

const ageOf = (seconds: number): string => {
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
};

export const deadLetters = defineCommand({
  meta: { name: "dead-letters", description: "Look at and send back what could not be handled (takes the admin key)" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List them with reason and age; looking loses none" },
      args: { queue: { type: "string", valueHint: "QUEUE", description: "Of this queue alone" }, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listDeadLetters(session, args)),
    }),
    redrive: defineCommand({
      meta: { name: "redrive", description: "Send them back to where they came from" },
      args: {
        queue: { type: "positional", required: true, description: deadLetterQueueName.options.join(", ") },
        letter: { type: "string", valueHint: "ID", description: "One letter" },
        all: { type: "boolean", default: false, description: "All of the queue" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => redriveDeadLetters(session, args)),
    }),
  },
});
