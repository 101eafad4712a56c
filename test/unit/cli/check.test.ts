import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CheckArguments, runCheck } from "../../../cli/commands/check.ts";
import { errorLine, exitCodeOf } from "../../../cli/errors.ts";
import { petDocuments } from "../../integration/pet-documents.ts";
import { storeModel } from "../api/api-fixtures.ts";
import { compareDocuments } from "../rules/compare-documents.ts";
import { createSession } from "./session-fixture.ts";

let here: Awaited<ReturnType<typeof createSession>>;
let folder: string;
let file: string;
let dependencyId: string;
beforeEach(async () => {
  here = await createSession();
  ({ dependencyId } = await storeModel(here.api, here.tenantId, petDocuments.before));
  folder = await mkdtemp(join(tmpdir(), "forewarn-check-"));
  file = join(folder, "new.json");
  await writeFile(file, petDocuments.after);
});
afterEach(() => rm(folder, { recursive: true }));

const check = (flags: Partial<CheckArguments> = {}, stdin = "") =>
  runCheck(
    { document: file, dependency: "pets", format: "json", failOn: "breaking", ...flags },
    { client: here.client, stdin: Readable.from([Buffer.from(stdin)]), columns: undefined, env: {} },
  );
const refusalOf = (flags: Partial<CheckArguments>) =>
  check(flags).then(
    () => undefined,
    (error: unknown) => [exitCodeOf(error), errorLine(error)],
  );

describe("forewarn check", () => {
  it("holds a file against the dependency's snapshot and fails on what breaks", async () => {
    const { output, exitCode } = await check();
    const changes = JSON.parse(output);
    const { findings, counts } = compareDocuments(JSON.parse(petDocuments.before), JSON.parse(petDocuments.after));
    expect([exitCode, changes.counts, changes.after.source]).toEqual([1, counts, file]);
    expect(changes.findings.map(({ message }: { message: string }) => message)).toEqual(
      findings.map(({ message }) => message),
    );
  });

  it("passes what is as it was, by the dependency's id too, from standard input too", async () => {
    const { output, exitCode } = await check(
      { document: "-", dependency: dependencyId, format: "text" },
      petDocuments.before,
    );
    expect([exitCode, output.split("\n").at(-2)]).toEqual([0, "No changes: both documents describe the same API."]);
  });

  it("takes the flags of diff, and says what they did", async () => {
    const ignoreFile = join(folder, "ignores.yaml");
    await writeFile(
      ignoreFile,
      "- {rule: new-required-request-parameter, reason: agreed, owner: ada, until: '2020-01-01'}\n",
    );
    const { output, notes, exitCode } = await check({
      severity: "api-removed-without-deprecation=safe",
      exclude: "method:GET",
      ignoreFile,
      failOn: "risky",
    });
    expect([exitCode, JSON.parse(output).adjustments.severities]).toEqual([
      0,
      [{ rule: "api-removed-without-deprecation", level: "safe", findings: 1 }],
    ]);
    expect(notes).toEqual([expect.stringContaining("new-required-request-parameter of ada expired after 2020-01-01")]);
  });

  it("reports in every format of diff", async () => {
    expect((await check({ format: "junit" })).output).toMatch(/^<\?xml .*\n<testsuites /);
    expect((await check({ format: "sarif" })).output).toContain('"Forewarn"');
  });

  it.each<[string, () => Promise<unknown> | undefined, Partial<CheckArguments>, number, RegExp]>([
    [
      "a dependency that there is not",
      () => undefined,
      { dependency: "dogs" },
      2,
      /no dependency has the id or name dogs/,
    ],
    ["a format that there is not", () => undefined, { format: "pdf" }, 2, /--format is one of/],
    [
      "a document that there is not",
      () => undefined,
      { document: "none.yaml" },
      3,
      /cannot read none.yaml: there is no/,
    ],
    ["a document that is broken", () => writeFile(file, "{"), {}, 3, /cannot read .*new.json: .*the document ends in/],
    ["a document that is not UTF-8", () => writeFile(file, Buffer.from([0xff, 0xfe])), {}, 3, /it is not UTF-8/],
  ])("refuses %s in one line", async (_, prepare, flags, code, line) => {
    await prepare();
    expect(await refusalOf(flags)).toEqual([code, expect.stringMatching(line)]);
  });
});
