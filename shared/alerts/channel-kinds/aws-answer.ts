import type { Sent } from "../verdict.ts";

/** What a service of AWS answered: a reference of its own, or its error's code and message. */
export type AwsAnswer =
  | { answer: "accepted"; reference: string }
  | { answer: "refused"; code: string; message: string; status?: number };

/**
 * Reads an answer of AWS: codes that are not in `permanentCodes` are throttles, outages or rights, which pass or are put
 * right by people within the days of the retry schedule.
 */
export function sentOverAws(
  answer: AwsAnswer,
  service: string,
  permanentCodes: ReadonlySet<string>,
  elapsedMs: number,
): Sent {
  if (answer.answer === "accepted") {
    return { verdict: { verdict: "delivered" }, statusCode: 200, responseExcerpt: answer.reference, elapsedMs };
  }
  const { code, message, status } = answer;
  const reason = `${service} answered ${code}: ${message}`;
  return {
    verdict: { verdict: permanentCodes.has(code) ? "permanent" : "retry", reason },
    ...(status === undefined ? {} : { statusCode: status }),
    responseExcerpt: `${code}: ${message}`.slice(0, 4096),
    elapsedMs,
  };
}
