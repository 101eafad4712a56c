import { describe, expect, test } from "vitest";
import { judgeDelivery, retryDelayMs } from "../../../shared/alerts/delivery-outcome.ts";
import { type HttpAnswer, readHttpAnswer } from "../../../shared/alerts/http-answer.ts";
import type { AppError } from "../../../shared/errors.ts";
import {
  FetchTimedOutError,
  HostNotFoundError,
  PrivateAddressError,
  TlsFailedError,
  UpstreamUnavailableError,
} from "../../../shared/net/errors.ts";

const nowMs = 1_000_000;
/** No jitter. */
const random = 0.5;
const response = (status: number, retryAtMs?: number): HttpAnswer => ({
  answer: "response",
  status,
  bodyExcerpt: "",
  elapsedMs: 1,
  ...(retryAtMs === undefined ? {} : { retryAtMs }),
});
const failure = (error: AppError): HttpAnswer => ({ answer: "failure", error, elapsedMs: 1 });

describe("the schedule", () => {
  test("waits 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and then ends", () => {
    const delays = Array.from({ length: 10 }, (_, index) => retryDelayMs(index + 1, random));
    const minutes = delays.map((delayMs) => delayMs && delayMs / 60_000);
    expect(minutes).toEqual([1 / 12, 5, 30, 120, 300, 600, 840, 1200, 1440, undefined]);
  });

  test("spreads each wait by a tenth to either side", () => {
    expect([retryDelayMs(2, 0), retryDelayMs(2, 0.25), retryDelayMs(2, 1)]).toEqual([270_000, 285_000, 330_000]);
  });
});

const judge = (answer: HttpAnswer, attempt = 1) => judgeDelivery(readHttpAnswer(answer), { attempt, nowMs, random });

test.each([200, 201, 204, 299])("%i is sent", (status) => {
  expect(judge(response(status))).toEqual({ outcome: "sent" });
});

test("a receiver that wants nothing more ends the channel", () => {
  const reason = "The receiver answered 410: it wants no more messages.";
  expect(judgeDelivery({ verdict: "gone", reason }, { attempt: 1, nowMs, random })).toEqual({
    outcome: "channelGone",
    reason,
  });
});

test.each([408, 425, 429, 500, 502, 503, 504])("%i is tried again", (status) => {
  const reason = `The receiver answered ${status}.`;
  expect(judge(response(status))).toEqual({ outcome: "retry", reason, nextAttemptAtMs: nowMs + 5_000 });
  expect(judge(response(status), 3)).toEqual({ outcome: "retry", reason, nextAttemptAtMs: nowMs + 1_800_000 });
});

test("a receiver that asks for more time than the schedule gets it, and one that asks for less does not", () => {
  expect(judge(response(429, nowMs + 60_000))).toMatchObject({ nextAttemptAtMs: nowMs + 60_000 });
  expect(judge(response(429, nowMs + 60_000), 2)).toMatchObject({ nextAttemptAtMs: nowMs + 300_000 });
});

test("the tenth attempt is the last", () => {
  expect(judge(response(503), 10)).toEqual({
    outcome: "failed",
    reason: "The receiver answered 503. Given up after 10 attempts.",
  });
});

test.each([
  [302, "redirects are not followed; give the final URL."],
  [400, "it refuses the message. Check the URL and whether it verifies with the secret of this channel."],
  [401, "it refuses the message. Check the URL and whether it verifies with the secret of this channel."],
  [404, "it refuses the message. Check the URL and whether it verifies with the secret of this channel."],
])("%i fails for good", (status, advice) => {
  const reason = `The receiver answered ${status}: ${advice}`;
  expect(judge(response(status))).toEqual({ outcome: "failed", reason });
});

test.each<[string, AppError]>([
  ["no answer in time", new FetchTimedOutError("https://a.example/ did not answer in full within 10 s.")],
  ["no connection", new UpstreamUnavailableError("https://a.example/ refused the connection.")],
  ["a name that is gone", new HostNotFoundError("a.example")],
  ["an expired certificate", new TlsFailedError("a.example has a certificate that is not trusted.")],
])("%s is tried again: a receiver can be mended within the schedule", (_, error) => {
  expect(judge(failure(error))).toEqual({ outcome: "retry", reason: error.message, nextAttemptAtMs: nowMs + 5_000 });
  expect(judge(failure(error), 10)).toEqual({
    outcome: "failed",
    reason: `${error.message} Given up after 10 attempts.`,
  });
});

test("an address that may not be posted to fails for good", () => {
  const error = new PrivateAddressError("10.0.0.1 is not an address on the public internet (private).");
  expect(judge(failure(error))).toEqual({ outcome: "failed", reason: error.message });
});
