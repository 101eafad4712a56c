import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import * as z from "zod";
import { readConfig } from "../../../cdk/config.ts";
import { addForewarn } from "../../../cdk/forewarn.ts";

const cdkJson = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL("../../../cdk.json", import.meta.url), "utf8")));

const assemblies = mkdtempSync(join(tmpdir(), "forewarn-cdk-"));
afterAll(() => rmSync(assemblies, { recursive: true, force: true }));

/** An app as the CDK CLI would make it, but without bundling the functions and without CDK's own template checks. */
export const testApp = (): App =>
  new App({
    outdir: mkdtempSync(join(assemblies, "app-")),
    context: { ...cdkJson.context, "aws:cdk:bundling-stacks": [] },
    builtinCloudFormationValidation: false, // 4 s each time; `cdk synth` runs it
    analyticsReporting: false,
  });

/** Both stacks of a deployment, and their templates. */
export const synthesized = (environment: Readonly<Record<string, string>> = {}) => {
  const stacks = addForewarn(testApp(), readConfig(environment));
  return {
    ...stacks,
    dataTemplate: Template.fromStack(stacks.data),
    serviceTemplate: Template.fromStack(stacks.service),
  };
};

/** `"fetch"` of `forewarn-dev-fetch`. */
export const shortName = (name: string): string => name.split("-").slice(2).join("-");
