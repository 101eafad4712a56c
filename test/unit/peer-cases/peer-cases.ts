import { readFileSync } from "node:fs";
import * as z from "zod";
import { compareModels } from "../../../shared/rules/compare-models.ts";
import { InvalidDocumentError } from "../../../shared/spec/errors.ts";
import { normalize } from "../../../shared/spec/normalize/normalize.ts";
import { parseDocument } from "../../../shared/spec/parse.ts";

export type Engine = "azure-oad" | "drift" | "openapi-diff-java";

/** Our worst level for a pair of documents; `unreadable` where one of them is refused. */
export type Verdict = "unchanged" | "safe" | "risky" | "breaking" | "unreadable";

const folder = new URL("../../fixtures/peer-cases/", import.meta.url);

const azureCase = z.strictObject({
  test: z.string(),
  base: z.string(),
  revision: z.string(),
  expected: z.array(z.strictObject({ name: z.string(), id: z.int() })),
  absent: z.array(z.string()),
});
const driftCase = z.strictObject({
  case: z.string(),
  base: z.string(),
  revision: z.string(),
  verdict: z.enum(["none", "compatible", "breaking", "unhandled"]),
  expected: z.array(z.array(z.string())),
});
const javaCase = z.strictObject({
  test: z.string(),
  base: z.string(),
  revision: z.string(),
  expect: z.enum(["unchanged", "changed", "changed-compatible", "compatible", "breaking"]),
  prop: z.string().nullable(),
});

function casesOf<Case>(engine: Engine, schema: z.ZodType<Case>): Case[] {
  const text = readFileSync(new URL(`${engine}/cases.jsonl`, folder), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => schema.parse(JSON.parse(line)));
}

/** The cases of each engine, as it wrote them down. */
export const azureCases = casesOf("azure-oad", azureCase);
export const driftCases = casesOf("drift", driftCase);
export const javaCases = casesOf("openapi-diff-java", javaCase);

/** What we say of the documents `base` and `revision` of `engine`. */
export function judgementOf(engine: Engine, base: string, revision: string): { verdict: Verdict; ruleIds: string[] } {
  const modelOf = (file: string) => normalize(parseDocument(readFileSync(new URL(`${engine}/${file}`, folder))));
  try {
    const { findings, counts } = compareModels(modelOf(base), modelOf(revision), { today: "2026-01-01" });
    const levels = ["breaking", "risky", "safe"] as const;
    const verdict = levels.find((level) => counts[level] > 0) ?? "unchanged";
    return { verdict, ruleIds: findings.map((finding) => finding.ruleId) };
  } catch (error) {
    if (!(error instanceof InvalidDocumentError)) throw error;
    return { verdict: "unreadable", ruleIds: [] };
  }
}
