/** A job in a lane: where it is found. */
export type LaneEntry = { sessionId: string; jobId: string };

/**
 * The queue of one job type of one tenant. Jobs enter at the end and start from the front, so they start in the order in
 * which they were created, whatever the clocks of those who created them say.
 */
export type Lane = { tenantId: string; type: string; running: LaneEntry[]; waiting: LaneEntry[] };

/** An item of DynamoDB holds 400 KB: some 4,000 entries. */
export const maxWaiting = 1_000;

export const emptyLane = (tenantId: string, type: string): Lane => ({ tenantId, type, running: [], waiting: [] });

/** What a lane becomes, and the jobs that it lets start. */
export type LaneChange = { lane: Lane; admitted: LaneEntry[] };

const admit = (lane: Lane, width: number): LaneChange => {
  const room = Math.max(0, width - lane.running.length);
  const admitted = lane.waiting.slice(0, room);
  return {
    lane: { ...lane, running: [...lane.running, ...admitted], waiting: lane.waiting.slice(room) },
    admitted,
  };
};

/** @returns `undefined` when the lane is full */
export const enterLane = (lane: Lane, entry: LaneEntry, width: number): LaneChange | undefined =>
  lane.waiting.length >= maxWaiting ? undefined : admit({ ...lane, waiting: [...lane.waiting, entry] }, width);

/** Harmless for a job that is not in it. */
export const leaveLane = (lane: Lane, jobId: string, width: number): LaneChange => {
  const isOther = (entry: LaneEntry): boolean => entry.jobId !== jobId;
  return admit({ ...lane, running: lane.running.filter(isOther), waiting: lane.waiting.filter(isOther) }, width);
};
