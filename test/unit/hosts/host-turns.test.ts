import { beforeEach, describe, expect, it } from "vitest";
import { applyTurn, hostOf, lookAgainMs, maxAheadMs, type TurnAsk } from "../../../shared/hosts/host-turns.ts";
import { takeTurn } from "../../../shared/hosts/take-turn.ts";
import { createVirtualClock, type VirtualClock } from "../../../shared/memory/clock.ts";
import { memoryHostTurns } from "../../../shared/memory/memory-host-turns.ts";

const nowMs = Date.parse("2026-01-01T00:00:00Z");
const host = "api.example.com";
const ask = (own: Partial<TurnAsk> = {}): TurnAsk => ({
  holder: "one",
  requests: 1,
  nowMs,
  holdMs: 60_000,
  limits: { maxTurns: 2, intervalMs: 250 },
  ...own,
});

describe("a turn at a host", () => {
  it("is refused when the next request would start too far ahead", () => {
    const busy = { host, turns: {}, nextRequestAtMs: nowMs + maxAheadMs + 1 };
    expect(applyTurn(busy, host, ask())).toEqual({ turn: { taken: false, reason: "busy", retryAtMs: nowMs + 1 } });
    const near = { ...busy, nextRequestAtMs: nowMs + maxAheadMs };
    expect(applyTurn(near, host, ask()).turn).toEqual({ taken: true, startAtMs: nowMs + maxAheadMs, isAlone: true });
  });

  it("is counted for the host with its port, whatever the path and the case are", () => {
    const hosts = ["https://API.example.com/a.json", "https://api.example.com:443/b", "http://api.example.com:8080/c"];
    expect(hosts.map(hostOf)).toEqual([host, host, "api.example.com:8080"]);
    expect(hostOf("no url")).toBe("no url");
  });
});

describe("waiting for a turn", () => {
  let clock: VirtualClock;
  let hosts: ReturnType<typeof memoryHostTurns>;
  beforeEach(() => {
    clock = createVirtualClock(nowMs);
    hosts = memoryHostTurns();
  });
  const take = (holder: string, patienceMs: number) =>
    takeTurn({ hosts, clock }, host, { ...ask({ holder }), patienceMs });

  it("ends when another one gives its turn back", async () => {
    await take("one", 0);
    await take("two", 0);
    const third = take("three", 2 * lookAgainMs);
    await clock.advance(lookAgainMs - 1);
    await hosts.giveBack(host, "one");
    await clock.advance(1);
    expect(await third).toEqual({ taken: true, startAtMs: nowMs + lookAgainMs, isAlone: false });
  });

  it("ends without one when patience does", async () => {
    await take("one", 0);
    await take("two", 0);
    expect(await take("three", lookAgainMs - 1)).toEqual({
      taken: false,
      reason: "busy",
      retryAtMs: nowMs + lookAgainMs,
    });
  });

  it("is not worth it while the host is paused", async () => {
    await hosts.giveBack(host, "one", nowMs + 1_000);
    expect(await take("two", 60_000)).toEqual({ taken: false, reason: "paused", retryAtMs: nowMs + 1_000 });
  });
});
