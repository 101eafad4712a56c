/**
 * What test files get for `vitest` while mutants are tried: the same `expect`, and a `describe` and an `it` that only collect.
 * `stryker-runner.ts` runs what they collected, for every mutant in the same process.
 */
import { relative } from "node:path";
import { format } from "node:util";

export { expect } from "vitest";

export type CollectedTest = { id: string; file: string; run: () => unknown };

type Body = (...row: never[]) => unknown;

const collected = new Map<string, CollectedTest>();
let path: string[] = [];
let currentFile = "";

/** Every test of `files`, in the order in which they stand there. */
export async function collectTests(files: readonly string[]): Promise<readonly CollectedTest[]> {
  for (const file of files) {
    currentFile = file;
    await import(file);
  }
  return [...collected.values()];
}

/** Stryker knows a test of an earlier run, which was in another folder, by its id; a number is in it only where it must be. */
function collect(name: string, run: () => unknown): void {
  const title = [relative(process.cwd(), currentFile), ...path, name].join(" > ");
  let id = title;
  for (let copy = 2; collected.has(id); copy++) id = `${title} (${copy})`;
  collected.set(id, { id, file: currentFile, run });
}

function group(name: string, body: () => void): void {
  const outer = path;
  path = [...outer, name];
  body();
  path = outer;
}

/** Calls `declare` with the name and the body for each row of `table`; the row's values stand where the name has `%s`. */
function eachRow(
  table: readonly unknown[],
  name: string,
  body: Body,
  declare: (name: string, run: () => void) => void,
) {
  for (const value of table) {
    const row: readonly unknown[] = Array.isArray(value) ? value : [value];
    const named = row.slice(0, name.split("%s").length - 1);
    declare(format(name, ...named), () => Reflect.apply(body, undefined, row));
  }
}

export const it = Object.assign(collect, {
  each: (table: readonly unknown[]) => (name: string, body: Body) => eachRow(table, name, body, collect),
});

export const describe = Object.assign(group, {
  each: (table: readonly unknown[]) => (name: string, body: Body) => eachRow(table, name, body, group),
});
