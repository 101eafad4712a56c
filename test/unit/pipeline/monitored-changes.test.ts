import { describe, expect, it } from "vitest";
import type { ChangeSet, OperationRef } from "../../../shared/diff/change-set.ts";
import { monitoredChanges } from "../../../shared/pipeline/monitored-changes.ts";
import type { OperationSummary } from "../../../shared/spec/model.ts";
import { changeSetFixture } from "./change-sets.ts";

const operation = (path: string, tags: string[] = [], method = "GET"): OperationSummary => ({
  method,
  path,
  tags,
  deprecated: false,
  domain: tags[0] ?? path.split("/")[1] ?? "",
  hash: "0",
});

/** A change set with one finding for each list of operations; those of one cause follow one another. */
const changesOf = (...reached: OperationRef[][]): ChangeSet => {
  const changeSet = changeSetFixture(["breaking"], reached.length);
  changeSet.findings.forEach((finding, index) => {
    finding.affectedOperations = (reached[index] ?? []).map(({ method, path }) => ({ method, path }));
  });
  return changeSet;
};

const partial = (filter: { filteredDomains?: string[]; filteredEndpoints?: string[] }) => ({
  monitoringMode: "partial" as const,
  filteredDomains: [],
  filteredEndpoints: [],
  ...filter,
});

const isHeard = (endpoint: string, reached: OperationRef): boolean =>
  monitoredChanges(changesOf([reached]), partial({ filteredEndpoints: [endpoint] }), []).findings.length === 1;

describe("monitoredChanges", () => {
  const [pets, orders] = [operation("/pets", ["animals"]), operation("/v1/orders", ["sales", "billing"])];

  it("is everything for a dependency that is watched in full, whatever filters it has", () => {
    const changeSet = changesOf([pets], [orders]);
    const filter = { monitoringMode: "full" as const, filteredDomains: ["animals"], filteredEndpoints: [] };
    expect(monitoredChanges(changeSet, filter, [pets, orders])).toBe(changeSet);
  });

  it.each([
    ["the first tag", "sales"],
    ["another tag", "billing"],
    ["the first path segment", "v1"],
  ])("takes the operations of a domain by %s", (_, domain) => {
    const changeSet = changesOf([pets], [orders], [pets, orders]);
    const found = monitoredChanges(changeSet, partial({ filteredDomains: [domain] }), [pets, orders]);
    expect(found.findings).toEqual(changeSet.findings.slice(1));
    expect(found.counts).toEqual({ breaking: 2, risky: 0, safe: 0, total: 2, causes: 1 });
  });

  it("always takes what is about the whole document", () => {
    const changeSet = changesOf([], [pets]);
    expect(monitoredChanges(changeSet, partial({}), [pets]).findings).toEqual(changeSet.findings.slice(0, 1));
  });

  it("judges a cause by those of its changes that are left", () => {
    const changeSet = changesOf([orders], [pets]);
    const [hidden, heard] = changeSet.findings;
    if (hidden === undefined || heard === undefined) throw new Error("the fixture has two findings");
    heard.level = "risky";
    heard.message = "the property name became optional";
    const found = monitoredChanges(changeSet, partial({ filteredDomains: ["animals"] }), [pets, orders]);
    expect(found.causes).toEqual([
      {
        key: "cause-1",
        scope: "endpoint",
        level: "risky",
        summary: "The property name became optional, in GET /pets",
        pointer: heard.pointer,
        affectedOperations: [{ method: "GET", path: "/pets" }],
        findings: [0],
      },
    ]);
    expect(found.counts).toEqual({ breaking: 0, risky: 1, safe: 0, total: 1, causes: 1 });
  });

  it.each([
    ["GET /pets", true],
    ["* /pets", true],
    ["GET /*", true],
    ["GET /p*s", true],
    ["GET /pets*", true],
    ["GET /*pets", true],
    ["GET /pe*ets", false], // nothing may be counted twice
    ["POST /pets", false],
    ["GET /pet", false],
    ["GET /pets/{petId}", false],
    ["GET /p.ts", false],
  ])("reads %s as an endpoint with * for anything", (endpoint, expected) => {
    expect(isHeard(endpoint, pets)).toBe(expected);
  });

  it("is done at once with an endpoint of many stars", () => {
    expect(isHeard(`GET /${"a*".repeat(200)}b`, operation(`/${"a".repeat(2_000)}`))).toBe(false);
  });
});
