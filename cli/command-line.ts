import { parseArgs } from "node:util";
import type { ArgsDef, CommandDef } from "citty";
import { UsageError } from "./errors.ts";

type Resolvable<Value> = Value | Promise<Value> | (() => Value) | (() => Promise<Value>);

/** The command that a line names, with what of the line is its own. */
export type NamedCommand = { command: CommandDef; names: string[]; rawArgs: string[] };

async function resolve<Value>(value: Resolvable<Value>): Promise<Value> {
  return typeof value === "function" ? await (value as () => Value | Promise<Value>)() : await value;
}

/**
 * Follows the words of the line to the innermost command that they name.
 * @throws UsageError when a word names no command
 */
export async function findCommand(command: CommandDef, rawArgs: string[], names: string[]): Promise<NamedCommand> {
  const subCommands = command.subCommands === undefined ? undefined : await resolve(command.subCommands);
  const position = rawArgs.findIndex((arg) => !arg.startsWith("-"));
  const name = rawArgs[position];
  if (subCommands === undefined || name === undefined) return { command, names, rawArgs };
  const inner = Object.hasOwn(subCommands, name) ? subCommands[name] : undefined;
  if (inner === undefined) {
    throw new UsageError(`unknown command ${name}; the commands are ${Object.keys(subCommands).join(", ")}`);
  }
  const rest = [...rawArgs.slice(0, position), ...rawArgs.slice(position + 1)];
  return findCommand(await resolve(inner), rest, [...names, name]);
}

/**
 * Refuses what citty would let pass: unknown flags, flags without their value, more positional arguments than there are.
 * @throws UsageError
 */
export async function requireKnownArguments({ command, names, rawArgs }: NamedCommand): Promise<void> {
  const args: ArgsDef = command.args === undefined ? {} : await resolve(command.args);
  const options: Record<string, { type: "boolean" | "string" }> = {};
  let positionalCount = 0;
  for (const [name, definition] of Object.entries(args)) {
    if (definition.type === "positional") {
      positionalCount += 1;
      continue;
    }
    const type = definition.type === "boolean" || definition.type === undefined ? "boolean" : "string";
    const aliases = "alias" in definition && definition.alias !== undefined ? [definition.alias].flat() : [];
    for (const spelling of [name, ...aliases]) options[spelling] = { type };
    if (type === "boolean") options[`no-${name}`] = { type };
  }
  const { positionals } = parseStrictly(rawArgs, options, names.join(" "));
  const surplus = positionals[positionalCount];
  if (surplus !== undefined) throw new UsageError(`unexpected argument ${surplus} after ${names.join(" ")}`);
}

function parseStrictly(
  rawArgs: string[],
  options: Record<string, { type: "boolean" | "string" }>,
  command: string,
): { positionals: string[] } {
  try {
    return parseArgs({ args: rawArgs, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = "the arguments cannot be read"] = error instanceof Error ? error.message.split(". ") : [];
    throw new UsageError(`${sentence} (see ${command} --help)`, { cause: error });
  }
}
