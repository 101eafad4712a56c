import { readdirSync, readFileSync } from "node:fs";
import type { ChangeSet, SourcePlace } from "../../../shared/diff/change-set.ts";

/** The table's columns: the case, the finding's rule, message and places, and the number and scope of its cause. */
const heading = "case\trule\tmessage\tbefore\tafter\tcause";

/** The findings of each case as the tables in `folder` write them, in the order of the change set. */
export function readFindingsTables(folder: URL): ReadonlyMap<string, readonly string[]> {
  const lines = readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [first, ...rest] = readFileSync(new URL(file, folder), "utf8").trimEnd().split("\n");
      if (first !== heading) throw new Error(`${file} has another heading than "${heading}"`);
      return rest;
    });
  return Map.groupBy(lines, (line) => line.slice(0, line.indexOf("\t")));
}

/**
 * The lines of a change set for the case `name`.
 * @param root the pointer that is written `#`, since most places are below it
 */
export function findingLines(name: string, { findings, causes }: ChangeSet, root = ""): string[] {
  const placeOf = (place: SourcePlace | null) => {
    if (place === null) return "-";
    const { pointer } = place;
    const isBelow = root !== "" && (pointer === root || pointer.startsWith(`${root}/`));
    return isBelow ? `#${pointer.slice(root.length)}` : pointer;
  };
  return findings.map(({ ruleId, message, before, after }, index) => {
    const cause = causes.findIndex((one) => one.findings.includes(index));
    return [name, ruleId, message, placeOf(before), placeOf(after), `${cause + 1} ${causes[cause]?.scope}`].join("\t");
  });
}
