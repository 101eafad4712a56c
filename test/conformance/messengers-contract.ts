import { describe, expect, it } from "vitest";
import type { DeliveryQueue } from "../../shared/alerts/ports.ts";
import type { SyncExecutionInput } from "../../shared/contracts/sync-workflow.ts";
import type { SyncWorkflow, TaskTokens } from "../../shared/jobs/ports.ts";
import { newId } from "./samples.ts";

const executionInput = (own: Partial<SyncExecutionInput> = {}): SyncExecutionInput => ({
  tenantId: newId(),
  dependencyId: newId(),
  jobId: newId(),
  attempt: 1,
  resumeAt: "fetch",
  heartbeatSeconds: 60,
  ...own,
});

/** What every workflow does. `startedNames` tells the names of the executions that were started, in any order. */
export const syncWorkflowContract = (
  name: string,
  make: () => Promise<{ workflow: SyncWorkflow; startedNames(): Promise<string[]> }>,
): void => {
  describe(`sync workflow: ${name}`, () => {
    it("starts one execution an attempt, however often it is asked, and gives its ARN", async () => {
      const { workflow, startedNames } = await make();
      const input = executionInput();
      const arns = await Promise.all(Array.from({ length: 5 }, () => workflow.start(input, "dependency.sync")));
      expect(arns[0]).toMatch(new RegExp(`:execution:.+:${input.jobId}-1$`));
      expect(new Set(arns).size).toBe(1);
      expect(await workflow.start({ ...input, resumeAt: "parse" }, "dependency.sync")).toBe(arns[0]);
      const second = await workflow.start({ ...input, attempt: 2 }, "dependency.sync");
      expect(second).toMatch(new RegExp(`:${input.jobId}-2$`));
      expect((await startedNames()).sort()).toEqual([`${input.jobId}-1`, `${input.jobId}-2`]);
    });

    it("starts a provider sync on a machine of its own", async () => {
      const { workflow } = await make();
      const machineOf = (arn: string) => arn.split(":").at(-2);
      const own = await workflow.start(executionInput(), "dependency.sync");
      const shared = await workflow.start(executionInput(), "provider.sync");
      expect(machineOf(shared)).not.toBe(machineOf(own));
    });
  });
};

/** What all task tokens do. `newToken` gives one that a state machine waits for. */
export const taskTokensContract = (
  name: string,
  make: () => Promise<{ tokens: TaskTokens; newToken(): Promise<string> }>,
): void => {
  describe(`task tokens: ${name}`, () => {
    it("accept heartbeats and one success, and are stale from then on", async () => {
      const { tokens, newToken } = await make();
      const token = await newToken();
      expect(await tokens.heartbeat(token)).toBe("accepted");
      expect(await tokens.succeed(token, { outcome: "body" })).toBe("accepted");
      expect(await tokens.succeed(token, { outcome: "body" })).toBe("stale");
      expect(await tokens.fail(token, "WorkerLost", "late")).toBe("stale");
      expect(await tokens.heartbeat(token)).toBe("stale");
    });

    it("accept a failure with a cause of any length, and are stale from then on", async () => {
      const { tokens, newToken } = await make();
      const token = await newToken();
      expect(await tokens.fail(token, "E".repeat(300), "c".repeat(100_000))).toBe("accepted");
      expect(await tokens.succeed(token, {})).toBe("stale");
    });
  });
};

/** What every delivery queue does. `receive` gives what may be received now, in any order. */
export const deliveryQueueContract = (
  name: string,
  make: () => Promise<{ queue: DeliveryQueue; receive(): Promise<{ tenantId: string; deliveryId: string }[]> }>,
): void => {
  describe(`delivery queue: ${name}`, () => {
    it("hands a delivery over, and takes delays of any length", async () => {
      const { queue, receive } = await make();
      const message = { tenantId: newId(), deliveryId: newId() };
      await queue.send(message);
      expect(await receive()).toEqual([message]);
      for (const delayMs of [1, 900_000, 86_400_000]) await queue.send(message, delayMs);
    });
  });
};
