import * as z from "zod";
import { deadLetterQueueNames } from "../dead-letter-queues.ts";
import { dataOf, moment } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

export const deadLetterQueueName = z.enum(deadLetterQueueNames).meta({
  id: "DeadLetterQueueName",
  description: "`schedule` holds runs of the orchestrator that could not be started.",
});

export const deadLetter = z
  .object({
    id: z.string(),
    queue: deadLetterQueueName,
    reason: z.string().meta({ description: "What is known of why it could not be handled." }),
    sentAt: moment,
    ageSeconds: z.int(),
    body: z.string(),
  })
  .meta({ id: "DeadLetter" });

const deadLetters = z
  .object({
    queues: z.array(z.object({ queue: deadLetterQueueName, count: z.int() })).meta({ description: "About so many." }),
    letters: z.array(deadLetter).meta({ description: "Oldest first." }),
  })
  .meta({ id: "DeadLetters" });

const redrive = z
  .object({
    redriven: z.int(),
    failed: z.int().meta({ description: "Could not be sent back, and are there still." }),
    left: z.int().meta({ description: "About so many are there still." }),
  })
  .meta({ id: "Redrive" });

const operators = { access: "admin", tag: "Operations" } as const;

/** A request that takes longer than API Gateway waits redrives nothing that could be told. */
const maxRedriven = 1_000;

export const deadLetterRoutes = defineRoutes({
  listDeadLetters: {
    ...operators,
    method: "GET",
    path: "/api/operator/dead-letters",
    summary: "List what could not be handled, with reason and age",
    description:
      "Looking loses nothing. A letter that somebody else looks at in this moment is counted, and not listed.",
    query: z.strictObject({
      queue: deadLetterQueueName.optional().meta({ description: "Of this queue alone." }),
      limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: "Letters of each queue." }),
    }),
    answers: { 200: { description: "Counts and letters.", schema: dataOf(deadLetters) } },
  },
  redriveDeadLetters: {
    ...operators,
    method: "POST",
    path: "/api/operator/dead-letters/redrive",
    summary: "Send dead letters back to where they came from, one or all of a queue",
    description: "Stops after some seconds; `left` says whether there is more to do.",
    body: z
      .strictObject({
        queue: deadLetterQueueName,
        id: z.string().min(1).max(200).optional().meta({ description: "Of the one letter; absent for all." }),
        limit: z.int().min(1).max(maxRedriven).default(maxRedriven),
      })
      .meta({ id: "RedriveDeadLetters" }),
    answers: { 200: { description: "What was done.", schema: dataOf(redrive) } },
    errors: [404],
  },
});
