import type { Finding } from "../diff/change-set.ts";

/**
 * Names the place in the document where two findings of the same operations would read alike: two alternatives written
 * inline that have a property of the same name, or one schema that took the place of two.
 */
export function tellApart(findings: readonly Finding[]): Finding[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const operations = finding.affectedOperations.map(({ method, path }) => `${method} ${path}`);
    const text = [finding.message, ...operations].join("\n");
    const group = alike.get(text);
    if (group === undefined) alike.set(text, [finding]);
    else group.push(finding);
  }
  const renamed = new Map<Finding, string>();
  for (const group of alike.values()) {
    if (group.length < 2) continue;
    const isElsewhere = new Set(group.map(({ pointer }) => pointer)).size > 1;
    for (const finding of group) {
      const place = isElsewhere ? finding.pointer : finding.before?.pointer;
      if (place !== undefined) renamed.set(finding, `${finding.message} (${isElsewhere ? "at" : "was at"} ${place})`);
    }
  }
  return findings.map((finding) => ({ ...finding, message: renamed.get(finding) ?? finding.message }));
}
