/** The dead-letter queues, by what could not be handled; `schedule` holds runs that could not be started. */
export const deadLetterQueueNames = ["checks", "deliveries", "embeds", "schedule"] as const;

export type DeadLetterQueueName = (typeof deadLetterQueueNames)[number];
