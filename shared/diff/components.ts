import type { SpecModel } from "../spec/model.ts";
import type { FactCollector } from "./fact-collector.ts";

/**
 * Compares which schema components there are. A name that is gone while its content lives on under another name was
 * renamed, which changes nothing for a client.
 */
export function compareComponents(before: SpecModel, after: SpecModel, collector: FactCollector): void {
  stateMissing(before, after, "removed", collector);
  stateMissing(after, before, "added", collector);
}

function stateMissing(from: SpecModel, other: SpecModel, action: "added" | "removed", collector: FactCollector): void {
  const otherHashes = new Set(Object.values(other.components).map((id) => other.schemas[id]?.hash));
  for (const [name, id] of Object.entries(from.components)) {
    const node = from.schemas[id];
    if (node === undefined || Object.hasOwn(other.components, name) || otherHashes.has(node.hash)) continue;
    const isRemoved = action === "removed";
    collector.state(
      { subject: "component", action, before: isRemoved ? node : undefined, after: isRemoved ? undefined : node },
      {
        before: isRemoved ? node.pointer : null,
        after: isRemoved ? null : node.pointer,
        scope: "schema",
        direction: "none",
        container: `the schema \`${name}\``,
      },
      [],
    );
  }
}
