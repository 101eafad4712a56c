import type { SchemaNode, SpecModel } from "../spec/model.ts";
import { acceptsAnything } from "../spec/trivial-schemas.ts";
import { isUnread } from "./doubts.ts";
import type { FactCollector } from "./fact-collector.ts";

/**
 * States which schema components are gone. A name that is gone while its content lives on was renamed or written
 * inline, which changes nothing for a client, and one that accepts anything says nothing; a component that is new is judged
 * where it is used, and so is one that a discriminator led to.
 * @param missing is told of each schema whose hash is nowhere in `after`
 */
export function compareComponents(
  before: SpecModel,
  after: SpecModel,
  collector: FactCollector,
  missing: (schema: SchemaNode) => void,
): void {
  const gone = Object.entries(before.components).filter(([name]) => !Object.hasOwn(after.components, name));
  if (gone.length === 0) return;
  const mapped = new Set<unknown>(
    // One that is unread leads to nothing that is gone.
    before.schemas.flatMap((schema) =>
      isUnread(schema.hash) ? [] : Object.values(schema.discriminator?.mapping ?? {}),
    ),
  );
  const hashesAfter = new Set(after.schemas.map((schema) => schema.hash));
  for (const [name, id] of gone) {
    const node = before.schemas[id];
    if (node === undefined || acceptsAnything(node) || hashesAfter.has(node.hash) || mapped.has(id)) continue;
    missing(node);
    const container = `the schema \`${name}\``;
    collector.state(
      { subject: "component", action: "removed", before: node, after: undefined },
      { before: node.pointer, after: null, scope: "schema", direction: "none", container },
      [],
    );
  }
}
