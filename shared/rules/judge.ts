import type { Fact, Subject } from "../diff/facts.ts";
import { checks } from "./registry.ts";
import type { FactsBySubject, JudgementContext, Reported } from "./rule.ts";

/** Runs every check over `facts`. */
export function judge(facts: readonly Fact[], context: JudgementContext): Reported[] {
  const bySubject = factsBySubject(facts);
  return checks.flatMap((check) => check.run(bySubject, context)).filter((reported) => !isDeceptive(reported));
}

/** Subjects that say how alternatives are spelt: one that went may live on in another that came. */
const spellings: ReadonlySet<Subject> = new Set<Subject>(["branch", "wrapping", "subschema"]);

/** Whether what the spelling suggests is the opposite of what is proven of the values. */
function isDeceptive({ rule, fact }: Reported): boolean {
  if (!spellings.has(fact.subject) || !("relation" in fact)) return false;
  return (
    (fact.relation === "widened" && rule.effect === "narrows") ||
    (fact.relation === "narrowed" && rule.effect === "widens")
  );
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
