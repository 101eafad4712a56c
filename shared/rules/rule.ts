import type { Direction, Level } from "../diff/change-set.ts";
import type { Fact, Subject } from "../diff/facts.ts";
import type { JsonValue } from "../spec/model.ts";

export type RuleArea =
  | "info"
  | "paths"
  | "parameters"
  | "requestBody"
  | "responses"
  | "headers"
  | "schema"
  | "components"
  | "security"
  | "servers"
  | "tags"
  | "webhooks"
  | "links";

export type RuleKind =
  | "existence"
  | "lifecycle"
  | "type"
  | "values"
  | "constraints"
  | "requiredness"
  | "structure"
  | "mutability";

export type RuleAction = "add" | "remove" | "change" | "set" | "increase" | "decrease" | "generalize" | "specialize";

/** What a change does to the set of valid values; `notes` leaves them as they are. */
export type Effect = "narrows" | "widens" | "alters" | "notes";

/** Two small OpenAPI documents whose comparison gives exactly one finding: that of the rule. */
export type RuleExample = { before: JsonValue; after: JsonValue };

/** What one rule says. Its id, once published, never changes its meaning. */
export type Rule<Message extends string = string> = {
  level: Level;
  direction: Direction;
  area: RuleArea;
  kind: RuleKind;
  action: RuleAction;
  /** One sentence; `{name}` stands for an argument, `{place}` for the changed thing. */
  message: Message;
  /** What the change does to the set of valid values, where that is what the rule judges. */
  effect?: Effect;
  /** Why this breaks whom, or why it does not. */
  why: string;
  /** What the owner of a client does about it. */
  migration: string;
  example: RuleExample;
};

type NamesIn<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The arguments that a message needs beside `{place}`, which comes from the fact. */
export type MessageArgs<Message extends string> = { [Name in Exclude<NamesIn<Message>, "place">]: JsonValue };

export type FactsBySubject = { readonly [S in Subject]: readonly Extract<Fact, { subject: S }>[] };

/** Reports a finding. An id that the check does not declare, or a missing argument, does not compile. */
export type Report<Rules extends Record<string, Rule>> = <Id extends keyof Rules & string>(
  id: Id,
  fact: Fact,
  args: MessageArgs<Rules[Id]["message"]>,
) => void;

export type JudgementContext = {
  /** RFC 3339 date that sunsets are measured against. */
  today: string;
};

export type Reported = { ruleId: string; rule: Rule; fact: Fact; args: Record<string, JsonValue> };

export type Check = {
  rules: Record<string, Rule>;
  run(facts: FactsBySubject, context: JudgementContext): Reported[];
};

/**
 * Declares a group of rules with the code that reports them.
 *
 * @example
 * defineCheck({
 *   rules: { "endpoint-added": { level: "safe", message: "added the operation", … } },
 *   run(facts, report) {
 *     for (const fact of facts.operation) if (fact.action === "added") report("endpoint-added", fact, {});
 *   },
 * });
 */
export function defineCheck<const Rules extends Record<string, Rule>>(check: {
  rules: Rules;
  run(facts: FactsBySubject, report: Report<Rules>, context: JudgementContext): void;
}): Check {
  return {
    rules: check.rules,
    run(facts, context) {
      const reported: Reported[] = [];
      const report: Report<Rules> = (id, fact, args) => {
        const rule = check.rules[id];
        if (rule !== undefined) reported.push({ ruleId: id, rule, fact, args });
      };
      check.run(facts, report, context);
      return reported;
    },
  };
}
