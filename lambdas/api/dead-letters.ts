import type { deadLetterRoutes } from "../../shared/contracts/api/dead-letters.ts";
import { type DeadLetterQueueName, deadLetterQueueNames } from "../../shared/contracts/dead-letter-queues.ts";
import type { DeadLetterBox } from "../../shared/dead-letters/ports.ts";
import { readLetters, redriveLetters } from "../../shared/dead-letters/redrive.ts";
import { whyDead } from "../../shared/dead-letters/why-dead.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import type { ApiPorts } from "./api-ports.ts";
import type { HandlersOf } from "./route-handler.ts";

export type DeadLettersApiPorts = Pick<ApiPorts, "clock" | "log"> & {
  boxes: Readonly<Record<DeadLetterQueueName, DeadLetterBox>>;
};

/** Of the 29 s that the function has. */
const redriveMs = 15_000;

export const deadLetterHandlers = ({
  boxes,
  clock,
  log,
}: DeadLettersApiPorts): HandlersOf<typeof deadLetterRoutes> => ({
  async listDeadLetters({ query: { queue: wanted, limit } }) {
    const read = deadLetterQueueNames
      .filter((queue) => wanted === undefined || wanted === queue)
      .map(async (queue) => ({
        queue,
        count: await boxes[queue].count(),
        letters: await readLetters(boxes[queue], limit),
      }));
    const found = await Promise.all(read);
    const nowMs = clock.nowMs();
    const letters = found.flatMap(({ queue, letters: ofQueue }) =>
      ofQueue.map((letter) => ({
        id: letter.id,
        queue,
        reason: whyDead(queue, letter),
        sentAt: new Date(letter.sentAtMs).toISOString(),
        ageSeconds: Math.max(0, Math.floor((nowMs - letter.sentAtMs) / 1000)),
        body: letter.body,
      })),
    );
    const queues = found.map(({ queue, count }) => ({ queue, count }));
    return { status: 200, body: { data: { queues, letters } } };
  },

  async redriveDeadLetters({ body: { queue, id: letterId, limit } }) {
    const box = boxes[queue];
    const untilMs = clock.nowMs() + redriveMs;
    const done = await redriveLetters(box, { letterId, limit, hasTime: () => clock.nowMs() < untilMs });
    if (letterId !== undefined && done.redriven + done.failed === 0) throw new NotFoundError("dead letter", letterId);
    log.info("dead_letters.redriven", { queue, letterId, ...done });
    return { status: 200, body: { data: { ...done, left: await box.count() } } };
  },
});
