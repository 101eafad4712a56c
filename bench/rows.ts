import Table from "cli-table3";

/** What the table says of one measurement. */
export type Row = {
  subject: string;
  /** What is measured: `whole process`, `peak memory`, … */
  measure: string;
  value: number;
  unit: "ms" | "MB";
  /** What it is compared with. */
  yardstick?: { name: string; value: number };
  /** Most that `value` may be: of the yardstick where there is one, else in `unit`. Without one it is only told. */
  limit?: number;
  /** Said instead of a verdict where something else than the number is wrong. */
  failure?: string;
};

/** A measurement that could not be made. */
export type Skipped = { subject: string; measure: string; skipped: string };

/** `value` as a part of its yardstick; `undefined` where there is none. */
export function ratioOf({ value, yardstick }: Row): number | undefined {
  return yardstick === undefined ? undefined : value / yardstick.value;
}

/** Whether a row is within its limit. */
export function isKept(row: Row): boolean {
  return row.failure === undefined && (row.limit === undefined || (ratioOf(row) ?? row.value) <= row.limit);
}

/** The rows as a table for a person. */
export function tableOf(rows: readonly (Row | Skipped)[]): string {
  const table = new Table({
    head: ["document", "measured", "value", "beside", "ratio", "limit", ""],
    style: { head: [], border: [] },
    colAligns: ["left", "left", "right", "left", "right", "right", "left"],
  });
  for (const row of rows) {
    if ("skipped" in row) {
      table.push([row.subject, row.measure, "", "", "", "", `skipped: ${row.skipped}`]);
      continue;
    }
    const ratio = ratioOf(row);
    const beside = row.yardstick === undefined ? "" : `${row.yardstick.name} ${amount(row.yardstick.value, row.unit)}`;
    const verdict = row.failure ?? (row.limit === undefined ? "" : isKept(row) ? "kept" : "BROKEN");
    table.push([
      row.subject,
      row.measure,
      amount(row.value, row.unit),
      beside,
      ratio?.toFixed(2) ?? "",
      limitText(row, ratio),
      verdict,
    ]);
  }
  return table.toString();
}

function limitText({ limit, unit }: Row, ratio: number | undefined): string {
  if (limit === undefined) return "";
  return ratio === undefined ? amount(limit, unit) : limit.toFixed(2);
}

function amount(value: number, unit: Row["unit"]): string {
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}
