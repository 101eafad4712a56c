import { describe, expect, it } from "vitest";
import { applyUsage, type Consumer, consumersHit } from "../../../shared/usage/usage.ts";

const get = (path: string) => ({ method: "GET", path });
const consumer = (name: string, ...paths: string[]): Consumer => ({ name, operations: paths.map(get) });
const one = { tenantId: "t", dependencyId: "d" };
const atMs = Date.parse("2026-03-01T12:00:00Z");

describe("consumers hit by a change", () => {
  const consumers = [
    consumer("a", "/1"),
    { ...consumer("b", "/1", "/2"), owner: "team b" },
    consumer("c", "/3"),
    { name: "d", operations: [{ method: "POST", path: "/1" }] },
  ];

  it("are those that call one of its operations, the hardest hit first", () => {
    expect(consumersHit(consumers, [get("/1"), get("/2")])).toEqual([
      { name: "b", owner: "team b", operationCount: 2 },
      { name: "a", operationCount: 1 },
    ]);
  });

  it("are all where it concerns the whole document, and none where nobody calls it", () => {
    expect(consumersHit(consumers, []).map(({ name }) => name)).toEqual(["b", "a", "c", "d"]);
    expect(consumersHit(consumers, [get("/4")])).toEqual([]);
  });
});

describe("usage that is told", () => {
  const before = applyUsage(undefined, { ...one, consumers: [consumer("b", "/1"), consumer("a", "/1")] }, "all", atMs);

  it("takes the place of all, or of the consumers that it names", () => {
    expect(before.consumers.map(({ name }) => name)).toEqual(["a", "b"]);
    const given = { ...one, consumers: [consumer("b", "/2")] };
    expect(applyUsage(before, given, "named", atMs).consumers).toEqual([consumer("a", "/1"), consumer("b", "/2")]);
    expect(applyUsage(before, given, "all", atMs)).toEqual({
      ...one,
      consumers: [consumer("b", "/2")],
      updatedAt: "2026-03-01T12:00:00.000Z",
    });
  });

  it("takes away a consumer that calls nothing any more", () => {
    expect(applyUsage(before, { ...one, consumers: [consumer("a")] }, "named", atMs).consumers).toEqual([
      consumer("b", "/1"),
    ]);
  });
});
