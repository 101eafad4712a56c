import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { printFields, printJson, printLine, printTable } from "../client/print.ts";

export const listDeliveries = async (
  session: ApiSession,
  { limit, channel: channelId }: { limit: string; channel?: string | undefined },
): Promise<void> => {
  const found = await collect(readLimit(limit), (page) =>
    session.client.call("listDeliveries", { query: { channelId, ...page } }),
  );
  if (printJson(session, found)) return;
  if (found.length === 0) return printLine(session, "no deliveries");
  const rows = found.map((one) => [
    one.id,
    one.eventType,
    one.status,
    String(one.attempts.length),
    one.createdAt,
    one.attempts.at(-1)?.error ?? "",
  ]);
  printTable(session, ["delivery", "event", "status", "attempts", "created", "last error"], rows);
};

export const getDelivery = async (session: ApiSession, args: { delivery: string }): Promise<void> => {
  const { data } = await session.client.call("getDelivery", { params: { deliveryId: args.delivery } });
  if (printJson(session, data)) return;
  printFields(session, {
    delivery: data.id,
    channel: data.channelId,
    event: data.eventType,
    status: data.status,
    cause: data.causeKey,
    job: data.jobId,
    created: data.createdAt,
    "next attempt": data.nextAttemptAt,
  });
  for (const { at, statusCode, error, durationMs } of data.attempts) {
    printLine(session, `  ${at}  ${statusCode ?? "no answer"}  ${Math.round(durationMs)} ms  ${error ?? "sent"}`);
  }
};

export const redeliver = async (session: ApiSession, args: { delivery: string }): Promise<void> => {
  const { data } = await session.client.call("redeliver", { params: { deliveryId: args.delivery } });
  if (!printJson(session, data)) printLine(session, `${data.id} is sent once more`);
};

const deliveryArg = { delivery: { type: "positional", required: true, description: "The delivery's id" } } as const;

export const deliveries = defineCommand({
  meta: { name: "deliveries", description: "List what was sent to channels, and send it once more" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List deliveries, newest first" },
      args: {
        channel: { type: "string", valueHint: "ID", description: "Of this channel" },
        ...limitArg,
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => listDeliveries(session, args)),
    }),
    get: defineCommand({
      meta: { name: "get", description: "Show a delivery with its attempts" },
      args: { ...deliveryArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => getDelivery(session, args)),
    }),
    redeliver: defineCommand({
      meta: { name: "redeliver", description: "Send a delivery's message once more" },
      args: { ...deliveryArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => redeliver(session, args)),
    }),
  },
});
