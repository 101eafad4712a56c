import type { Mail, Mailer } from "../alerts/channel-kinds/email.ts";
import type { EventBus } from "../alerts/channel-kinds/event-bridge.ts";
import { storedCopy } from "./stored.ts";

/** A mailer that only remembers. */
export const memoryMailer = (): Mailer & { sent: Mail[] } => {
  const sent: Mail[] = [];
  return {
    sent,
    async send(mail) {
      sent.push(storedCopy(mail));
      return { answer: "accepted", reference: `mail-${sent.length}` };
    },
  };
};

type PutEvent = Parameters<EventBus["put"]>[0];

/** Event buses that only remember. */
export const memoryEventBus = (): EventBus & { events: PutEvent[] } => {
  const events: PutEvent[] = [];
  return {
    events,
    async put(event) {
      events.push(event);
      return { answer: "accepted", reference: `event-${events.length}` };
    },
  };
};
