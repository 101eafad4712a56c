import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type ItemCodec, readItem, writeItem } from "../../../shared/aws/item-codec.ts";
import { channelItem, deliveryItem } from "../../../shared/aws/items/alert-items.ts";
import { alertPreferenceItem } from "../../../shared/aws/items/alert-preference-item.ts";
import { changeItem } from "../../../shared/aws/items/change-item.ts";
import { dependencyItem } from "../../../shared/aws/items/dependency-item.ts";
import { dependencyRulesItem } from "../../../shared/aws/items/dependency-rules-item.ts";
import { dependencyUsageItem } from "../../../shared/aws/items/dependency-usage-item.ts";
import { digestEntryItem, digestItem } from "../../../shared/aws/items/digest-items.ts";
import { feedAccessItem, feedTokenItem } from "../../../shared/aws/items/feed-items.ts";
import { hostItem } from "../../../shared/aws/items/host-item.ts";
import { jobItem } from "../../../shared/aws/items/job-item.ts";
import { lastDiffItem } from "../../../shared/aws/items/last-diff-item.ts";
import { pauseItem } from "../../../shared/aws/items/pause-item.ts";
import { providerItem } from "../../../shared/aws/items/provider-item.ts";
import { runItem } from "../../../shared/aws/items/run-item.ts";
import {
  documentationItem,
  laneItem,
  reusableResultItem,
  sessionItem,
  sessionJobItem,
  sessionJobPlaceItem,
} from "../../../shared/aws/items/session-items.ts";
import { signalItem, streamTicketItem } from "../../../shared/aws/items/signal-item.ts";
import { snapshotItem } from "../../../shared/aws/items/snapshot-item.ts";
import { apiKeyItem, idempotentRequestItem, tenantItem } from "../../../shared/aws/items/tenant-items.ts";
import { nextCheckAt } from "../../../shared/dependencies/next-check.ts";
import { sampleDelivery, sampleDependency, sampleJob, sampleTenant } from "../../conformance/samples.ts";

const pinOf = <T>({ entity, version, schema }: ItemCodec<T>): string => {
  const stored = JSON.stringify(z.toJSONSchema(schema, { io: "input" }));
  return `${entity} v${version} ${createHash("sha256").update(stored).digest("hex").slice(0, 12)}`;
};

describe("what is stored", () => {
  it("has not changed its schema without anybody noticing", () => {
    // A field that older items lack must be optional; anything else takes a new version and a migration. Then update.
    expect([
      pinOf(jobItem(90)),
      pinOf(dependencyItem),
      pinOf(snapshotItem),
      pinOf(changeItem),
      pinOf(tenantItem),
      pinOf(apiKeyItem),
      pinOf(idempotentRequestItem),
      pinOf(channelItem),
      pinOf(deliveryItem(90)),
      pinOf(alertPreferenceItem),
      pinOf(dependencyRulesItem),
      pinOf(dependencyUsageItem),
      pinOf(feedTokenItem),
      pinOf(lastDiffItem),
      pinOf(feedAccessItem),
      pinOf(digestItem(90)),
      pinOf(digestEntryItem(90)),
      pinOf(hostItem),
      pinOf(runItem(90)),
      pinOf(pauseItem),
      pinOf(providerItem),
      pinOf(sessionItem),
      pinOf(sessionJobItem),
      pinOf(laneItem),
      pinOf(documentationItem),
      pinOf(reusableResultItem),
      pinOf(sessionJobPlaceItem),
      pinOf(signalItem("first:")),
      pinOf(streamTicketItem),
    ]).toMatchInlineSnapshot(`
      [
        "job v1 ecb939da90c6",
        "dependency v1 db77fa2579a2",
        "snapshot v1 557d3377e788",
        "change v1 98bd98beec7f",
        "tenant v1 3bdacea38f7e",
        "apiKey v1 fdd36ae97779",
        "idempotentRequest v1 d58d6a26e8bb",
        "channel v1 cd3426a61605",
        "delivery v1 5ca5174ac9b1",
        "alertPreference v1 fc650ae3be22",
        "dependencyRules v1 2224316f76fb",
        "dependencyUsage v1 e1fcc9dc5771",
        "feedToken v1 1962d47504f7",
        "lastDiff v1 3c0711038388",
        "feedAccess v1 06e840607f3b",
        "digest v1 7debe4ce0627",
        "digestEntry v1 500626acda3c",
        "host v1 394a13b20d27",
        "orchestratorRun v1 d59d5c57c969",
        "pause v1 73f5d088c014",
        "provider v1 bb2570ed124f",
        "session v1 009e57aab575",
        "sessionJob v1 ec33d5a61131",
        "lane v1 0d06e0997a2d",
        "documentation v1 cc66e1889725",
        "reusableResult v1 fcfe4b010ef6",
        "sessionJobPlace v1 889069d50934",
        "signal v1 b531a20801c5",
        "streamTicket v1 8250cab631ae",
      ]
    `);
  });

  it("refuses an item of another entity, another version or another shape", () => {
    const item = writeItem(tenantItem, sampleTenant());
    expect(() => readItem(tenantItem, item)).not.toThrow();
    for (const wrong of [{ entity: "job" }, { v: 2 }, { name: 1 }])
      expect(() => readItem(tenantItem, { ...item, ...wrong })).toThrow("cannot be read by this release");
  });
});

describe("where an item is placed", () => {
  const dependency = sampleDependency({ nextCheckAt: "2040-01-01T00:00:00.000Z" });
  const job = sampleJob(dependency);
  const indexesOf = (item: Record<string, unknown>) => Object.keys(item).filter((field) => field.startsWith("GSI"));

  it("keeps a job in the index of unfinished ones until its end, and forgets it 90 days later", () => {
    const open = writeItem(jobItem(90), job);
    expect(indexesOf(open)).toEqual(["GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK"]);
    expect(open).not.toHaveProperty("expiresAtSeconds");
    const ended = writeItem(jobItem(90), { ...job, status: "failed", finishedAt: "2040-01-01T00:00:00.000Z" });
    expect(indexesOf(ended)).toEqual(["GSI1PK", "GSI1SK"]);
    expect(ended.expiresAtSeconds).toBe(Date.parse("2040-03-31T00:00:00Z") / 1000);
  });

  it("keeps a dependency in the index of due ones only while it is enabled and there", () => {
    const placed = (own: object) => indexesOf(writeItem(dependencyItem, { ...dependency, isRemoved: false, ...own }));
    expect(placed({})).toEqual(["GSI2PK", "GSI2SK"]);
    expect(placed({ enabled: false })).toEqual([]);
    expect(placed({ isRemoved: true })).toEqual([]);
    expect(placed({ nextCheckAt: undefined })).toEqual([]);
  });

  it("leaves a dependency where it is from one beat of its cadence to the next", () => {
    const placeAt = (own: object, atMs: number) => {
      const target = { ...dependency, isRemoved: false, ...own };
      const { GSI2PK, GSI2SK } = writeItem(dependencyItem, { ...target, nextCheckAt: nextCheckAt(target, atMs) });
      return [GSI2PK, GSI2SK];
    };
    const atMs = Date.parse("2040-01-01T00:00:00.000Z");
    const hourly = placeAt({ cadence: "1h" }, atMs);
    expect(hourly).toEqual(["BEAT#3600000", expect.stringMatching(/^\d{8}#/)]);
    expect(placeAt({ cadence: "1h" }, atMs + 86_400_000)).toEqual(hourly);
    expect(placeAt({ cadence: "60m" }, atMs)).toEqual(hourly);
    expect(placeAt({ cadence: "7m" }, atMs)).toEqual([expect.stringMatching(/^DUE#\d$/), expect.any(String)]);
  });

  it("finds one that follows a provider surface by its tenant, and by the surface while it is enabled", () => {
    const { specUrl: _, nextCheckAt: __, ...followed } = dependency;
    const placed = (own: object) =>
      writeItem(dependencyItem, { ...followed, providerSurfaceId: "stripe.api", isRemoved: false, ...own });
    expect(placed({})).toMatchObject({
      GSI1PK: "SURFACE#stripe.api#SUBSCRIBERS",
      GSI1SK: dependency.id,
      GSI2PK: `TENANT#${dependency.tenantId}#SUBSCRIPTIONS`,
      GSI2SK: `stripe.api#${dependency.id}`,
    });
    expect(indexesOf(placed({ enabled: false }))).toEqual(["GSI2PK", "GSI2SK"]);
    expect(indexesOf(placed({ isRemoved: true }))).toEqual([]);
  });

  it("forgets a delivery some days after it was made", () => {
    const delivery = sampleDelivery({ createdAt: "2040-01-01T00:00:00.000Z" });
    expect(writeItem(deliveryItem(1), delivery).expiresAtSeconds).toBe(Date.parse("2040-01-02T00:00:00Z") / 1000);
  });
});
