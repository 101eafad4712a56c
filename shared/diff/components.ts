import type { SpecModel } from "../spec/model.ts";
import type { FactCollector } from "./fact-collector.ts";

/**
 * Compares which schema components there are. A name that is gone while its content lives on was renamed or written
 * inline, which changes nothing for a client.
 */
export function compareComponents(before: SpecModel, after: SpecModel, collector: FactCollector): void {
  stateMissing(before, after, "removed", collector);
  stateMissing(after, before, "added", collector);
}

function stateMissing(from: SpecModel, other: SpecModel, action: "added" | "removed", collector: FactCollector): void {
  const missing = Object.entries(from.components).filter(([name]) => !Object.hasOwn(other.components, name));
  if (missing.length === 0) return;
  const otherHashes = new Set(other.schemas.map((schema) => schema.hash));
  const isRemoved = action === "removed";
  for (const [name, id] of missing) {
    const node = from.schemas[id];
    if (node === undefined || otherHashes.has(node.hash)) continue;
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
