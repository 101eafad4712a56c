import { expect, it } from "vitest";
import { describeFailure, shrink } from "./shrink.ts";
import { simulate } from "./simulate.ts";

it("keeps its promises in every schedule of a thousand odd seeds", async () => {
  for (let seed = 1; seed <= 2_000; seed += 2) {
    const { broken } = await simulate({ seed });
    if (broken !== undefined) expect.unreachable(describeFailure(await shrink({ seed })));
  }
});
