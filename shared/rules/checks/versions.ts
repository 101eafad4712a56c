import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

const ofVersion = (version: string) => documentWith({ info: { title: "Pets", version } });

export const versionCheck = defineCheck({
  rules: {
    "api-version-decreased": {
      level: "safe",
      direction: "none",
      area: "info",
      kind: "lifecycle",
      action: "decrease",
      message: "the version of the document went back from {before} to {after}",
      why: "A version number changes nothing that is sent; but the documents may have been given in the wrong order.",
      migration: "Check which of the two documents is the newer one.",
      example: exampleOf(ofVersion, "1.2.0", "1.1.9"),
    },
  },
  run(facts, report) {
    for (const fact of facts.version) {
      const [before, after] = [fact.before ?? "", fact.after ?? ""];
      if (isEarlier(after, before)) report("api-version-decreased", fact, { before, after });
    }
  },
});

type Version = { isDate: boolean; numbers: number[] };

/** Whether the version `left` comes before `right`: two dates or two release numbers; else nothing is known. */
function isEarlier(left: string, right: string): boolean {
  const [ours, theirs] = [versionOf(left), versionOf(right)];
  if (ours === undefined || theirs === undefined || ours.isDate !== theirs.isDate) return false;
  for (let index = 0; index < Math.max(ours.numbers.length, theirs.numbers.length); index += 1) {
    const difference = (ours.numbers[index] ?? 0) - (theirs.numbers[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Of `1.2.3-beta.1`, `v2` or `2024-05-01-preview` what comes before the suffix, which is not compared. */
function versionOf(version: string): Version | undefined {
  const date = /^v?(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(version);
  if (date !== null) return { isDate: true, numbers: date.slice(1).map(Number) };
  const release = /^v?(\d+(?:\.\d+)*)(?=$|[-+])/.exec(version)?.[1];
  return release === undefined ? undefined : { isDate: false, numbers: release.split(".").map(Number) };
}
