import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { configSchema, readConfig, settingVariable } from "../../../cdk/config.ts";

const page = readFileSync(new URL("../../../docs/configuration.md", import.meta.url), "utf8");

const defaults: Readonly<Record<string, unknown>> = readConfig({});

const shown = (value: unknown): string => {
  if (value === undefined) return "none";
  return Array.isArray(value) ? value.join(",") || "none" : `\`${value}\``;
};

/** Settings as the schema has them, one table row each. */
const settings = Object.entries<z.ZodType>(configSchema.shape).map(
  ([setting, schema]) => `| \`${settingVariable(setting)}\` | ${shown(defaults[setting])} | ${schema.description} |`,
);

describe("docs/configuration.md", () => {
  it("has each setting with its default and its meaning, in the schema's order", () => {
    expect(page.split("\n").filter((line) => line.startsWith("| `FOREWARN_"))).toEqual(settings);
  });
});
