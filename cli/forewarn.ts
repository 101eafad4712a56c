#!/usr/bin/env node
import * as nodeModule from "node:module";
import { stripVTControlCharacters } from "node:util";
import { type CommandDef, defineCommand, renderUsage, runCommand } from "citty";
import packageJson from "../package.json" with { type: "json" };
import { findCommand, type NamedCommand, requireKnownArguments } from "./command-line.ts";
import { errorLine, exitCodeOf } from "./errors.ts";
import { exitCodes } from "./exit-codes.ts";

/** Each command is loaded when it is called: `diff` starts without what the others need. */
export const forewarn = defineCommand({
  meta: {
    name: "forewarn",
    version: packageJson.version,
    description: "Know before the APIs you depend on break you",
  },
  subCommands: {
    diff: () => import("./commands/diff.ts").then((module) => module.diff),
    check: () => import("./commands/check.ts").then((module) => module.check),
    explain: () => import("./commands/explain.ts").then((module) => module.explain),
    rules: () => import("./commands/rules.ts").then((module) => module.rules),
    deps: () => import("./commands/deps.ts").then((module) => module.deps),
    sync: () => import("./commands/sync.ts").then((module) => module.sync),
    jobs: () => import("./commands/jobs.ts").then((module) => module.jobs),
    changes: () => import("./commands/changes.ts").then((module) => module.changes),
    search: () => import("./commands/search.ts").then((module) => module.search),
    providers: () => import("./commands/providers.ts").then((module) => module.providers),
    channels: () => import("./commands/channels.ts").then((module) => module.channels),
    usage: () => import("./commands/usage.ts").then((module) => module.usage),
    feed: () => import("./commands/feed.ts").then((module) => module.feed),
    ignores: () => import("./commands/ignores.ts").then((module) => module.ignores),
    severities: () => import("./commands/ignores.ts").then((module) => module.severities),
    preferences: () => import("./commands/preferences.ts").then((module) => module.preferences),
    deliveries: () => import("./commands/deliveries.ts").then((module) => module.deliveries),
    runs: () => import("./commands/runs.ts").then((module) => module.runs),
    pauses: () => import("./commands/pauses.ts").then((module) => module.pauses),
    "dead-letters": () => import("./commands/dead-letters.ts").then((module) => module.deadLetters),
    session: () => import("./commands/session.ts").then((module) => module.session),
    job: () => import("./commands/session-job.ts").then((module) => module.job),
    keys: () => import("./commands/keys.ts").then((module) => module.keys),
  },
});

// What was compiled once is not compiled again in the next process. Node 20 does not know it.
nodeModule.enableCompileCache?.();

/** Runs one command line; the exit code is left in `process.exitCode`, so that output is flushed before the end. */
async function main(rawArgs: string[]): Promise<void> {
  if (rawArgs.length === 1 && (rawArgs[0] === "--version" || rawArgs[0] === "-v")) {
    process.stdout.write(`${packageJson.version}\n`);
    return;
  }
  const asksForHelp = rawArgs.includes("--help") || rawArgs.includes("-h");
  const named = await findCommand(
    forewarn as CommandDef,
    rawArgs.filter((arg) => arg !== "--help" && arg !== "-h"),
    ["forewarn"],
  );
  if (asksForHelp) {
    process.stdout.write(await usageOf(named, process.stdout));
    return;
  }
  await requireKnownArguments(named);
  if (named.command.run === undefined) {
    process.stderr.write(await usageOf(named, process.stderr));
    process.exitCode = exitCodes.wrongUsage;
    return;
  }
  await runCommand(named.command, { rawArgs: named.rawArgs });
}

/** citty colours its usage whatever it is written to. */
async function usageOf({ command, names }: NamedCommand, stream: { isTTY?: boolean }): Promise<string> {
  const usage = `${await renderUsage(command, parentOf(names))}\n`;
  return stream.isTTY === true && !process.env.NO_COLOR ? usage : stripVTControlCharacters(usage);
}

function parentOf(names: string[]): CommandDef | undefined {
  return names.length > 1 ? { meta: { name: names.slice(0, -1).join(" ") } } : undefined;
}

// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${errorLine(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
