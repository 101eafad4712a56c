import type { SpecModel } from "../spec/model.ts";
import { compareComponents } from "./components.ts";
import { createFactCollector } from "./fact-collector.ts";
import type { Fact } from "./facts.ts";
import { siblingsOf } from "./operation-context.ts";
import { compareOperations, compareWebhooks } from "./operations.ts";
import { createSchemaWalk } from "./schema-walk.ts";
import { compareSecuritySchemes, renamedSchemesOf } from "./security.ts";
import { compareVersions } from "./versions.ts";

/**
 * States what changed from `before` to `after`, and judges nothing.
 *
 * Only what differs in its hash is walked. Each fact lists the operations that it reaches; an edit of a shared part is
 * one fact per direction, however many operations share it.
 */
export function diffModels(before: SpecModel, after: SpecModel): Fact[] {
  const walk = createSchemaWalk(before, after);
  const collector = createFactCollector();
  const renamedSchemes = renamedSchemesOf(before, after);
  const comparison = { before, after, walk, collector, siblings: siblingsOf(before, after), renamedSchemes };
  compareOperations(comparison);
  compareWebhooks(comparison);
  compareSecuritySchemes(before, after, collector, renamedSchemes);
  compareComponents(before, after, collector);
  compareVersions(before, after, collector);
  return [...collector.facts(), ...walk.facts()];
}
