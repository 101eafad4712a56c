import * as z from "zod";
import { checkMessage } from "../contracts/check-message.ts";
import type { DeadLetterQueueName } from "../contracts/dead-letter-queues.ts";
import { embedMessage } from "../contracts/embed-message.ts";
import type { DeadLetter } from "./dead-letter.ts";

const deliveryMessage = z.object({ tenantId: z.string(), deliveryId: z.string() });

/** What is known of why nobody could handle it, for a person, and what to look at. */
export const whyDead = (queue: DeadLetterQueueName, { body, error }: DeadLetter): string => {
  if (error !== undefined) return error;
  if (queue === "schedule") return "The orchestrator could not be invoked; the next run does what this one could not.";
  const content = parseJson(body);
  if (queue === "checks") {
    const { data } = checkMessage.safeParse(content);
    if (data === undefined) return "It is not a check's message: its worker cannot read it.";
    return `The check of dependency ${data.dependencyId} broke on our side each time it was tried: see the log of check.`;
  }
  if (queue === "embeds") {
    const { data } = embedMessage.safeParse(content);
    if (data === undefined) return "It is not an embed job's message: its worker cannot read it.";
    return `The worker that embeds dependency ${data.dependencyId} broke each time it was tried: see the log of embed.`;
  }
  const { data } = deliveryMessage.safeParse(content);
  if (data === undefined) return "It is not a delivery's message: its worker cannot read it.";
  return `The worker of delivery ${data.deliveryId} broke each time it was tried: see the log of deliver.`;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
