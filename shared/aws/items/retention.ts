const secondsPerDay = 86_400;

/** The TTL attribute of something that may be forgotten so many days after `iso`, in epoch seconds. */
export const expiresAfter = (iso: string, retentionDays: number): number =>
  Math.ceil(Date.parse(iso) / 1000) + retentionDays * secondsPerDay;
