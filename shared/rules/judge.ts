import type { Fact, Subject } from "../diff/facts.ts";
import { checks } from "./registry.ts";
import type { FactsBySubject, JudgementContext, Reported } from "./rule.ts";

/** Runs every check over `facts`. */
export function judge(facts: readonly Fact[], context: JudgementContext): Reported[] {
  const bySubject = factsBySubject(facts);
  return checks.flatMap((check) => check.run(bySubject, context));
}

/** Sorted by subject once, so that each check reads only its own; a subject without facts is an empty list. */
function factsBySubject(facts: readonly Fact[]): FactsBySubject {
  const groups = new Map<Subject, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.subject);
    if (group === undefined) groups.set(fact.subject, [fact]);
    else group.push(fact);
  }
  return new Proxy({} as FactsBySubject, { get: (_, subject) => groups.get(subject as Subject) ?? [] });
}
