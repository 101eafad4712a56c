import { Feed } from "feed";
import type { ChangeEvent } from "../changes/change-event.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import { operationsText } from "../report/phrases.ts";
import { escapeXml } from "../report/xml.ts";
import { levelOrder } from "../rules/causes.ts";

/**
 * The Atom feed of a dependency's changes: an entry for each edit, with everything that follows from it. It depends on
 * nothing but the changes, so that it is the same text until there is another one.
 *
 * @param changes newest first
 */
export function changeFeedOf(
  dependency: Pick<Dependency, "id" | "name" | "specUrl" | "createdAt">,
  changes: readonly ChangeEvent[],
): string {
  const link = dependency.specUrl ?? `urn:forewarn:dependency:${dependency.id}`;
  const feed = new Feed({
    id: `urn:forewarn:dependency:${dependency.id}`,
    title: escapeXml(`Changes of ${dependency.name}`),
    link,
    updated: new Date(changes[0]?.detectedAt ?? dependency.createdAt),
    generator: "Forewarn",
  });
  for (const [first, ...others] of editsOf(changes)) {
    if (first === undefined) continue;
    feed.addItem({
      id: `urn:forewarn:change:${first.id}`,
      title: escapeXml(`${first.severity}: ${first.summary}`),
      link,
      date: new Date(first.detectedAt),
      category: [{ name: first.severity, term: first.severity }],
      content: contentOf([first, ...others]),
    });
  }
  return feed.atom1();
}

/** Changes of one edit between two snapshots, worst first, in the order in which the edits come. */
function editsOf(changes: readonly ChangeEvent[]): ChangeEvent[][] {
  const edits = Map.groupBy(changes, ({ toSnapshotId, causeKey }) => `${toSnapshotId} ${causeKey}`);
  return [...edits.values()].map((edit) =>
    edit.toSorted((one, other) => levelOrder.indexOf(one.severity) - levelOrder.indexOf(other.severity)),
  );
}

/** HTML, in which nothing of a document is markup. */
function contentOf(edit: readonly ChangeEvent[]): string {
  const items = edit.map(({ severity, summary, ruleId, affectedOperations }) => {
    const reach = operationsText(affectedOperations);
    const where = reach === "" ? "" : `<br>${escapeXml(reach)}`;
    return `<li>${escapeXml(`${severity}: ${summary}`)} <code>${escapeXml(ruleId)}</code>${where}</li>`;
  });
  return `<ul>${items.join("")}</ul>`;
}
