/** Where output goes to. */
export type Terminal = {
  /** `undefined` when it does not go to a terminal. */
  columns: number | undefined;
  env: Readonly<Record<string, string | undefined>>;
};

/** Line length where output goes to a file or a pipe. */
export const defaultColumns = 100;

/** Standard output of this process. */
export function standardOutput(): Terminal {
  return { columns: process.stdout.isTTY ? process.stdout.columns : undefined, env: process.env };
}

/** Colours only on a terminal, and never against `NO_COLOR` (https://no-color.org). */
export function wantsColours({ columns, env }: Terminal): boolean {
  return columns !== undefined && (env.NO_COLOR === undefined || env.NO_COLOR === "") && env.TERM !== "dumb";
}
