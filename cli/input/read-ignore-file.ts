import { readFile } from "node:fs/promises";
import * as z from "zod";
import { AppError } from "../../shared/errors.ts";
import type { IgnoreEntry } from "../../shared/rules/adjust-change-set.ts";
import { unknownRuleText } from "../../shared/rules/unknown-rule.ts";
import { createJsonLocator } from "../../shared/spec/json-locator.ts";
import { defaultParseLimits } from "../../shared/spec/parse-limits.ts";
import { escapePointerToken } from "../../shared/spec/pointers.ts";
import { type ReadDocument, readYaml } from "../../shared/spec/yaml-document.ts";
import { UnreadableInputError } from "../errors.ts";
import { reasonOf } from "./read-source.ts";

const required = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? `${what} is missing` : `${what} must be text`;
const text = (what: string) =>
  z
    .string({ error: required(what) })
    .trim()
    .min(1, `${what} is empty`);

const entrySchema = z.strictObject(
  {
    rule: text("rule").superRefine((id, context) => {
      const problem = unknownRuleText(id);
      if (problem !== undefined) context.addIssue(problem);
    }),
    operation: text("operation")
      .regex(/^\S+ \S/, 'operation is a method and a path, such as "GET /v1/*"')
      .optional(),
    pointer: text("pointer").regex(/^[/*]/, "pointer starts with / or *").optional(),
    reason: text("reason"),
    owner: text("owner"),
    until: text("until").refine(isDate, "until is a day such as 2026-12-31"),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown key ${issue.keys.join(", ")}; the keys are rule, operation, pointer, reason, owner, until`
        : "an entry is an object with rule, reason, owner and until",
  },
);
const fileSchema = z.array(entrySchema, { error: "the file is a list of entries" });

function isDate(day: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true;
}

/**
 * Reads the entries of an ignore file, YAML or JSON.
 * @throws UnreadableInputError that names the line
 */
export async function readIgnoreFile(path: string): Promise<IgnoreEntry[]> {
  const content = await readFile(path, "utf8").catch((error: unknown) => {
    throw new UnreadableInputError(path, reasonOf(error), { cause: error });
  });
  const { value, locate } = readValue(path, content);
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const keys = issue?.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : (issue?.path ?? []);
  throw new UnreadableInputError(path, `line ${lineOf(keys, locate)}: ${issue?.message ?? "not understood"}`, {
    cause: parsed.error,
  });
}

function readValue(path: string, content: string): { value: unknown; locate: ReadDocument["locate"] } {
  const json = jsonOf(content);
  if (json !== undefined) return { value: json.value, locate: createJsonLocator(Buffer.from(content, "utf8")) };
  try {
    return readYaml(content, defaultParseLimits);
  } catch (error) {
    if (error instanceof AppError) throw new UnreadableInputError(path, error.message, { cause: error });
    throw error;
  }
}

function jsonOf(content: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(content) };
  } catch {
    return undefined;
  }
}

/** The line of what `keys` lead to, or of the nearest part around it that is there. */
function lineOf(keys: readonly PropertyKey[], locate: ReadDocument["locate"]): number {
  for (let length = keys.length; length > 0; length--) {
    const tokens = keys.slice(0, length).map((key) => escapePointerToken(String(key)));
    const position = locate(`/${tokens.join("/")}`);
    if (position !== undefined) return position.line;
  }
  return 1;
}
