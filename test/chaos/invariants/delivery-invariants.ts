import type { Delivery } from "../../../shared/alerts/channel.ts";
import type { Evidence } from "../evidence.ts";
import type { Receipt } from "../receivers.ts";
import { type Invariant, judgeEach } from "./invariant.ts";

const nameOf = ({ id, dependencyId, eventType, status }: Delivery): string =>
  `delivery ${id} (${eventType} of ${dependencyId}, ${status})`;

const receiptText = ({ atMs, answer }: Receipt): string => `${new Date(atMs).toISOString()} ${answer}`;

const receiptsById = ({ receipts }: Evidence): Map<string, Receipt[]> => Map.groupBy(receipts, (one) => one.deliveryId);

/** What a job that did not finish had planned waits for its retry, or for the sync that takes its snapshot over. */
const isOfOpenJob = ({ jobs }: Evidence, { jobId }: Delivery): boolean => {
  const status = jobs.find(({ value }) => value.id === jobId)?.value.status;
  return status === "failed" || status === "cancelled";
};

export const deliveryInvariants: readonly Invariant[] = [
  {
    promise: "every delivery was sent",
    settles: true,
    check: (evidence) =>
      judgeEach(evidence.deliveries, (delivery) =>
        delivery.status === "sent" || (delivery.status === "pending" && isOfOpenJob(evidence, delivery))
          ? undefined
          : `${nameOf(delivery)} of job ${delivery.jobId}, next attempt ${delivery.nextAttemptAt}`,
      ),
  },
  {
    promise: "what was sent has arrived, signed",
    check: (evidence) => {
      const receipts = receiptsById(evidence);
      return judgeEach(
        evidence.deliveries.filter(({ status }) => status === "sent"),
        (delivery) => {
          const own = receipts.get(delivery.id) ?? [];
          const isThere = own.some(
            ({ answer, channelId, isSigned }) =>
              answer === "acknowledged" && channelId === delivery.channelId && isSigned,
          );
          return isThere ? undefined : `${nameOf(delivery)} arrived: ${own.map(receiptText).join(", ") || "never"}`;
        },
      );
    },
  },
  {
    promise: "what arrived is a delivery, the same each time",
    check: (evidence) => {
      const known = new Map(evidence.deliveries.map((delivery) => [delivery.id, delivery]));
      return judgeEach(receiptsById(evidence), ([id, own]) => {
        const delivery = known.get(id);
        if (delivery === undefined) return `${id} arrived and is no delivery`;
        const bodies = new Set(own.map(({ bodySha256 }) => bodySha256));
        return bodies.size === 1 ? undefined : `${nameOf(delivery)} arrived with ${bodies.size} texts`;
      });
    },
  },
  {
    promise: "nothing comes again that was acknowledged, unless its sender was killed in between",
    check: (evidence) => {
      const killed = evidence.kills.filter(({ functionName }) => functionName.endsWith("-deliver"));
      const again = [...receiptsById(evidence).values()].flatMap((own) =>
        own.slice(1).map((receipt, index) => ({ receipt, before: own[index] })),
      );
      return judgeEach(again, ({ receipt, before }) => {
        if (before === undefined || before.answer !== "acknowledged") return undefined;
        const isExplained = killed.some(({ atMs }) => atMs >= before.atMs && atMs <= receipt.atMs);
        return isExplained ? undefined : `${receipt.deliveryId}: ${receiptText(before)}, again ${receiptText(receipt)}`;
      });
    },
  },
  {
    promise: "who was told that it is unhealthy was told of the recovery",
    settles: true,
    check: ({ dependencies, deliveries, channels }) =>
      judgeEach(
        dependencies.flatMap(({ value }) =>
          channels.filter(({ tenantId }) => tenantId === value.tenantId).map((channel) => ({ value, channel })),
        ),
        ({ value: { id, health }, channel }) => {
          const told = (type: Delivery["eventType"]) =>
            deliveries.filter(
              (one) => one.dependencyId === id && one.channelId === channel.id && one.eventType === type,
            ).length;
          const [bad, good] = [told("dependency.unhealthy"), told("dependency.recovered")];
          if (bad === good && health.status === "healthy") return undefined;
          return `dependency ${id} (${health.status}) to channel ${channel.id}: ${bad} unhealthy, ${good} recovered`;
        },
      ),
  },
];
