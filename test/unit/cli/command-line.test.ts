import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineCommand } from "citty";
import { describe, expect, it } from "vitest";
import { findCommand, requireKnownArguments } from "../../../cli/command-line.ts";

const list = defineCommand({
  meta: { name: "list" },
  args: {
    name: { type: "positional" },
    limit: { type: "string", alias: "l" },
    watch: { type: "boolean" },
  },
  run: () => undefined,
});
const root = defineCommand({ meta: { name: "tool" }, subCommands: { list: () => Promise.resolve(list) } });

async function refusalOf(...rawArgs: string[]): Promise<string | undefined> {
  try {
    await requireKnownArguments(await findCommand(root, rawArgs, ["tool"]));
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

describe("a command line", () => {
  it("is accepted with every flag that its command declares", async () => {
    expect(await refusalOf("list", "a", "--limit", "5", "-l", "5", "--watch", "--no-watch")).toBeUndefined();
  });

  it.each([
    [["lost"], "UsageError: unknown command lost; the commands are list"],
    [["list", "--all"], "UsageError: Unknown option '--all' (see tool list --help)"],
    [["list", "a", "b"], "UsageError: unexpected argument b after tool list"],
    [["list", "--limit"], "UsageError: Option '-l, --limit <value>' argument missing (see tool list --help)"],
  ])("%j is refused", async (rawArgs, message) => {
    expect((await refusalOf(...rawArgs))?.replace("'--limit <value>'", "'-l, --limit <value>'")).toBe(message);
  });
});

describe("the forewarn process", () => {
  const entry = fileURLToPath(new URL("../../../cli/forewarn.ts", import.meta.url));
  const forewarn = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(process.execPath, [entry, ...args], (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      });
    });

  it("says in one line on stderr what is wrong, and nothing on stdout", async () => {
    expect(await forewarn("diff", "none.json", "none.json")).toEqual({
      code: 3,
      stdout: "",
      stderr: "forewarn: cannot read none.json: there is no such file\n",
    });
    expect(await forewarn("diff", "none.json")).toEqual({
      code: 2,
      stdout: "",
      stderr: "forewarn: missing required positional argument: NEW\n",
    });
  });
});
