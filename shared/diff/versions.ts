import type { SpecModel } from "../spec/model.ts";
import type { FactCollector } from "./fact-collector.ts";

/** Compares what the two documents call themselves. */
export function compareVersions(before: SpecModel, after: SpecModel, collector: FactCollector): void {
  if (before.info.version === after.info.version) return;
  const pointer = "/info/version";
  collector.state(
    { subject: "version", action: "changed", before: before.info.version, after: after.info.version },
    { before: pointer, after: pointer, scope: "global", direction: "none" },
    [],
  );
}
