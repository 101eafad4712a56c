import Table from "cli-table3";
import type { ApiSession } from "./api-session.ts";

/** Names and messages come from others: nothing of them may steer the terminal. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");

/** Writes `value` as JSON where JSON was asked for; `false` leaves the text to the caller. */
export const printJson = ({ format, write }: ApiSession, value: unknown): boolean => {
  if (format === "text") return false;
  write(`${JSON.stringify(value, null, 2)}\n`);
  return true;
};

const noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Columns without lines between them; `rows` hold one text a column. */
export const printTable = ({ write, colors }: ApiSession, head: string[], rows: string[][]): void => {
  const table = new Table({
    head: head.map((text) => colors.dim(text)),
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => row.map(printable)));
  const lines = table.toString().split("\n");
  write(`${lines.map((line) => line.trimEnd()).join("\n")}\n`);
};

/** One `name  value` a line, without those that have no value. */
export const printFields = ({ write, colors }: ApiSession, fields: Record<string, string | undefined>): void => {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  const width = Math.max(...given.map(({ name }) => name.length));
  for (const { name, value } of given) write(`${colors.dim(name.padEnd(width))}  ${printable(value)}\n`);
};

export const printLine = ({ write }: ApiSession, text: string): void => write(`${printable(text)}\n`);
