import { describe, expect, it } from "vitest";
import * as z from "zod";
import { functionRuns, idleMonth } from "../../../cost/assumptions.ts";
import { shortName, synthesized } from "./synthesized.ts";

const lambda = z.object({
  Properties: z.object({
    FunctionName: z.string(),
    MemorySize: z.number(),
    TracingConfig: z.object({ Mode: z.string() }),
  }),
});
const { serviceTemplate } = synthesized();
const deployed = Object.values(serviceTemplate.findResources("AWS::Lambda::Function"))
  .map((resource) => lambda.parse(resource).Properties)
  .map(({ FunctionName, MemorySize, TracingConfig }) => ({
    name: shortName(FunctionName),
    memoryMib: MemorySize,
    tracing: TracingConfig.Mode,
  }));

describe("what docs/cost.md assumes of a deployment", () => {
  it("is the memory that its functions have", () => {
    const memory = new Map(deployed.map(({ name, memoryMib }) => [name, memoryMib]));
    const assumed = Object.entries(functionRuns).map(([name, { memoryMib }]) => [name, memoryMib]);
    expect(assumed).toEqual(Object.keys(functionRuns).map((name) => [name, memory.get(name)]));
  });

  it("is a trace of its own for whatever no queue calls", () => {
    const untraced = deployed.filter(({ tracing }) => tracing !== "Active");
    expect(untraced.map(({ name, tracing }) => [name, tracing]).sort()).toEqual([
      ["check", "PassThrough"],
      ["deliver", "PassThrough"],
    ]);
  });

  it("is so many alarms", () => {
    expect(Object.keys(serviceTemplate.findResources("AWS::CloudWatch::Alarm"))).toHaveLength(idleMonth.alarms);
  });
});
