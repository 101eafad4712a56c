import { beforeEach, describe, expect, it } from "vitest";
import { memoryDeadLetterBox } from "../../../shared/memory/memory-dead-letter-box.ts";
import { type ApiHarness, adminKey, createApiHarness, startMs } from "./api-harness.ts";

const check = { tenantId: "t-1", dependencyId: "d-1", dueAt: "2026-03-01T11:00:00.000Z", runId: 1, tries: 0 };
const delivery = JSON.stringify({ tenantId: "t-1", deliveryId: "dlv_1" });
const hoursAgo = (hours: number) => startMs - hours * 3_600_000;

let api: ApiHarness;
let boxes: Record<"checks" | "deliveries" | "embeds" | "schedule", ReturnType<typeof memoryDeadLetterBox>>;
beforeEach(() => {
  boxes = {
    checks: memoryDeadLetterBox([
      { id: "c-1", body: JSON.stringify(check), sentAtMs: hoursAgo(1) },
      { id: "c-2", body: "{", sentAtMs: hoursAgo(3) },
    ]),
    deliveries: memoryDeadLetterBox([{ id: "d-1", body: delivery, sentAtMs: hoursAgo(2) }]),
    embeds: memoryDeadLetterBox([
      { id: "e-1", body: JSON.stringify({ tenantId: "t-1", dependencyId: "d-2" }), sentAtMs: hoursAgo(5) },
    ]),
    schedule: memoryDeadLetterBox([
      { id: "s-1", body: "{}", sentAtMs: hoursAgo(4), error: "ThrottlingException: slow down" },
    ]),
  };
  api = createApiHarness({ boxes });
});

const admin = (line: string, body?: unknown) => api.request(line, { key: adminKey, body });
const redrive = (body: object) => admin("POST /api/operator/dead-letters/redrive", body);

describe("dead letters", () => {
  it("are listed with reason and age, as often as one likes", async () => {
    const listed = {
      queues: [
        { queue: "checks", count: 2 },
        { queue: "deliveries", count: 1 },
        { queue: "embeds", count: 1 },
        { queue: "schedule", count: 1 },
      ],
      letters: [
        ["c-2", 10_800, "It is not a check's message: its worker cannot read it."],
        ["c-1", 3_600, expect.stringContaining("The check of dependency d-1 broke")],
        ["d-1", 7_200, expect.stringContaining("The worker of delivery dlv_1 broke")],
        ["e-1", 18_000, expect.stringContaining("embeds dependency d-2 broke")],
        ["s-1", 14_400, "ThrottlingException: slow down"],
      ],
    };
    for (let looks = 0; looks < 2; looks += 1) {
      const { body } = await admin("GET /api/operator/dead-letters");
      const { queues, letters } = (body as { data: { queues: object[]; letters: Record<string, unknown>[] } }).data;
      expect({ queues, letters: letters.map((one) => [one.id, one.ageSeconds, one.reason]) }).toEqual(listed);
    }
    const { body } = await admin("GET /api/operator/dead-letters?queue=deliveries");
    expect(body).toMatchObject({ data: { queues: [{ queue: "deliveries" }], letters: [{ body: delivery }] } });
  });

  it("are sent back, one or all, and counted", async () => {
    expect((await redrive({ queue: "checks", id: "c-1" })).body).toEqual({ data: { redriven: 1, failed: 0, left: 1 } });
    expect(boxes.checks.sentOn).toMatchObject([{ id: "c-1", body: JSON.stringify(check) }]);
    expect((await redrive({ queue: "checks" })).body).toEqual({ data: { redriven: 1, failed: 0, left: 0 } });
    expect((await redrive({ queue: "checks" })).body).toEqual({ data: { redriven: 0, failed: 0, left: 0 } });
    expect(boxes.schedule.sentOn).toEqual([]);
  });

  it("stay where they are when they cannot be sent back", async () => {
    boxes.deliveries.sendOn = () => Promise.reject(new Error("the queue is gone"));
    expect((await redrive({ queue: "deliveries" })).body).toEqual({ data: { redriven: 0, failed: 1, left: 1 } });
    expect((await admin("GET /api/operator/dead-letters?queue=deliveries")).body).toMatchObject({
      data: { letters: [{ id: "d-1" }] },
    });
  });

  it("answer 404 to a letter that is not there, and 400 to a queue that is none", async () => {
    expect((await redrive({ queue: "checks", id: "no-such" })).status).toBe(404);
    expect((await redrive({ queue: "others" })).status).toBe(400);
  });

  it("are operators' business", async () => {
    const { key } = await api.createTenant("acme");
    for (const line of ["GET /api/operator/dead-letters", "POST /api/operator/dead-letters/redrive"])
      expect((await api.request(line, { key, body: { queue: "checks" } })).status).toBe(403);
  });
});
