import { expect, test } from "vitest";
import type { RawJobContext } from "../../../shared/sessions/job-types/job-type.ts";
import { createJobTypeRegistry, registeredJobTypes } from "../../../shared/sessions/job-types/registry.ts";
import { addNumbers } from "./fixture-job-type.ts";

const registry = createJobTypeRegistry([...registeredJobTypes, addNumbers]);

const refuse = async (): Promise<never> => {
  throw new Error("this type reaches nothing");
};
const unreachable: RawJobContext["ports"] = {
  fetch: refuse,
  hosts: { take: refuse, giveBack: refuse },
  bodies: { put: refuse, get: refuse },
  documentation: { put: refuse, list: refuse, chunks: refuse },
  clock: { nowMs: () => 0, sleep: refuse },
  log: () => undefined,
};

const contextOf = (saved: unknown[], about: Partial<RawJobContext>): RawJobContext => ({
  tenantId: "t1",
  sessionId: "s1",
  jobId: "j1",
  input: { numbers: [2, 3, 5] },
  progress: undefined,
  outputs: { latest: async () => undefined, all: async () => [] },
  saveProgress: async (progress) => void saved.push(progress),
  report: async () => undefined,
  signal: new AbortController().signal,
  remainingMs: () => 600_000,
  mustYield: () => false,
  ports: unreachable,
  ...about,
});

test("a job type is one file and one line: the registry runs it without knowing it", async () => {
  const type = registry.get("fixture.addNumbers");
  const saved: unknown[] = [];
  expect([
    type?.firstStage,
    type?.subjectOf({ numbers: [] }),
    type?.identityOf({ numbers: [1] }),
    await type?.run("chunking", contextOf(saved, {})),
    await type?.run("processing", contextOf(saved, {})),
    saved,
  ]).toEqual([
    "chunking",
    "sum",
    { numbers: [1], label: "sum" },
    { progress: { added: 0, sum: 0 }, next: "processing" },
    { result: { label: "sum", sum: 10 } },
    [
      { added: 1, sum: 2 },
      { added: 2, sum: 5 },
      { added: 3, sum: 10 },
    ],
  ]);
});

test("a stage goes on from the saved progress and hands over when its time is up", async () => {
  const progress = { added: 2, sum: 5 };
  expect([
    await addNumbers.run("processing", contextOf([], { progress })),
    await addNumbers.run("processing", contextOf([], { progress, mustYield: () => true })),
  ]).toEqual([{ result: { label: "sum", sum: 10 } }, { progress }]);
});

test("progress that this release cannot read is refused, and so is a stage that the type does not have", async () => {
  const run = (about: Partial<RawJobContext>, stage: "processing" | "running" = "processing") =>
    addNumbers.run(stage, contextOf([], about)).catch((error: Error) => error.name);
  expect([await run({ progress: { added: "2" } }), await run({ input: {} }), await run({}, "running")]).toEqual(
    Array.from({ length: 3 }, () => "UnreadableProgressError"),
  );
});

test("two types of one name are refused", () => {
  expect(() => createJobTypeRegistry([addNumbers, addNumbers])).toThrow("two job types have the same name");
});
