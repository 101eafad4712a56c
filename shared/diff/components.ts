import type { SpecModel } from "../spec/model.ts";
import { acceptsAnything } from "../spec/trivial-schemas.ts";
import type { FactCollector } from "./fact-collector.ts";

/**
 * States which schema components are gone. A name that is gone while its content lives on was renamed or written
 * inline, which changes nothing for a client, and one that accepts anything says nothing; a component that is new is judged
 * where it is used, and so is one that a discriminator led to.
 */
export function compareComponents(before: SpecModel, after: SpecModel, collector: FactCollector): void {
  const missing = Object.entries(before.components).filter(([name]) => !Object.hasOwn(after.components, name));
  if (missing.length === 0) return;
  const mapped = new Set<unknown>(
    before.schemas.flatMap((schema) => Object.values(schema.discriminator?.mapping ?? {})),
  );
  const hashesAfter = new Set(after.schemas.map((schema) => schema.hash));
  for (const [name, id] of missing) {
    const node = before.schemas[id];
    if (node === undefined || acceptsAnything(node) || hashesAfter.has(node.hash) || mapped.has(id)) continue;
    const container = `the schema \`${name}\``;
    collector.state(
      { subject: "component", action: "removed", before: node, after: undefined },
      { before: node.pointer, after: null, scope: "schema", direction: "none", container },
      [],
    );
  }
}
