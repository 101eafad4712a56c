import { describe, expect, it } from "vitest";
import { answering } from "../spec/documents.ts";
import { ruleIdsOf } from "./compare-documents.ts";

/** Each would take minutes if its cost grew with the square of its size. */
describe("comparing hostile documents", () => {
  it("asks of a hundred thousand values whether they are among as many others", () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`);
    const shuffled = values.toReversed().slice(5);
    expect(
      ruleIdsOf(answering({ type: "string", enum: values }), answering({ type: "string", enum: shuffled })),
    ).toEqual(["response-body-enum-value-removed"]);
  });

  it("tells two thousand alternatives from two thousand others", () => {
    const alternatives = (first: number) => ({
      oneOf: Array.from({ length: 2_000 }, (_, index) => ({
        properties: { [`p${first + index}`]: { type: "string" } },
      })),
    });
    expect(new Set(ruleIdsOf(answering(alternatives(0)), answering(alternatives(1_000))))).toEqual(
      new Set(["response-body-one-of-removed", "response-body-one-of-added"]),
    );
  });
});
