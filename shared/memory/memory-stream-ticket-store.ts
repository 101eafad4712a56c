import type { StreamTicket, StreamTicketStore } from "../first-signal/stream-ticket.ts";
import { storedCopy } from "./stored.ts";

export const memoryStreamTicketStore = (): StreamTicketStore => {
  const tickets = new Map<string, StreamTicket>();
  return {
    async put(ticket) {
      tickets.set(ticket.sha256, storedCopy(ticket));
    },
    find: async (sha256) => tickets.get(sha256),
  };
};
