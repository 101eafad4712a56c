import type { DFA, JS, NoParent } from "refa";
import { loadRefa } from "./refa-on-demand.cjs";

/** States beyond which a pattern is not worked out: `\d{1,4000}` has more, and the patterns of real APIs far fewer. */
const maxStates = 3000;
/** Longer patterns are lists of everything, or hostile. */
const maxPatternLength = 2000;

type Expression = NoParent<ReturnType<JS.Parser["parse"]>["expression"]>;
type Element = Expression["alternatives"][number]["elements"][number];

/**
 * Whether every string that matches `narrow` matches `wide`, as sets of strings: `^[a-z]+$` is within `[a-z]`. A dot
 * stands for any character, as those who write `.*` mean it.
 *
 * @returns `undefined` where it cannot be told: an invalid pattern, a backreference, a condition in the middle, or more
 * states than are worth it.
 */
export function patternCovers(wide: string, narrow: string): boolean | undefined {
  if (wide === narrow) return true;
  return remember(`${wide}\n${narrow}`, () => workOutCover(wide, narrow));
}

/** A document repeats its few patterns thousands of times; this many questions about them are remembered. */
const maxAnswers = 20_000;
const answers = new Map<string, boolean | undefined>();

function remember(question: string, workOut: () => boolean | undefined): boolean | undefined {
  if (answers.has(question)) return answers.get(question);
  if (answers.size >= maxAnswers) answers.clear();
  const answer = workOut();
  answers.set(question, answer);
  return answer;
}

function workOutCover(wide: string, narrow: string): boolean | undefined {
  try {
    return loadRefa().isDisjointWith(automataOf(narrow).inside(), automataOf(wide).outside(), maxStates * 4);
  } catch {
    return undefined; // refa throws for each of the reasons above
  }
}

/** Whether `value` matches `pattern`, in time that grows with its length alone; `undefined` where it cannot be told. */
export function patternMatches(pattern: string, value: string): boolean | undefined {
  return remember(`${pattern}\n= ${value}`, () => {
    try {
      return automataOf(pattern)
        .inside()
        .test([...value].map((character) => character.codePointAt(0) ?? 0));
    } catch {
      return undefined;
    }
  });
}

/** Whether every string matches `pattern`. */
export function matchesEverything(pattern: string): boolean {
  return patternCovers(pattern, "") === true;
}

/** What accepts the strings that match, and what accepts the others. Both throw as `automatonOf` does. */
type Automata = { inside(): DFA; outside(): DFA };

/** A pattern is asked about in both directions, and beside lengths and values, before the next one is. */
const maxAutomata = 16;
const automata = new Map<string, Automata>();

function automataOf(pattern: string): Automata {
  const known = automata.get(pattern);
  if (known !== undefined) return known;
  if (automata.size >= maxAutomata) automata.clear();
  let inside: DFA | undefined;
  let outside: DFA | undefined;
  const made: Automata = {
    inside() {
      inside ??= automatonOf(pattern);
      return inside;
    },
    outside() {
      if (outside === undefined) {
        const complement = automatonOf(pattern);
        complement.complement();
        outside = complement;
      }
      return outside;
    },
  };
  automata.set(pattern, made);
  return made;
}

/** @throws Error when the pattern is invalid, or beyond the limits. */
function automatonOf(pattern: string): DFA {
  if (pattern.length > maxPatternLength) throw new RangeError("The pattern is too long");
  const { DFA, JS, NFA, Transformers, transform } = loadRefa();
  const parser = JS.Parser.fromLiteral({ source: pattern, flags: "us" });
  const { expression, maxCharacter } = parser.parse({ backreferences: "throw", assertions: "parse" });
  const whole = transform(Transformers.applyAssertions(), matchAnywhere(expression));
  const options = { assertions: "throw" } as const;
  const automaton = NFA.fromRegex(whole, { maxCharacter }, options, new NFA.LimitedNodeFactory(maxStates));
  return DFA.fromFA(automaton, new DFA.LimitedNodeFactory(maxStates));
}

/** A pattern may match anywhere in a string: what `^` and `$` do not tie to an end is free to have more around it. */
function matchAnywhere(expression: Expression): Expression {
  const alternatives = expression.alternatives.map(({ elements, ...rest }) => {
    const startsAtEdge = isEdge(elements[0], "behind");
    const endsAtEdge = isEdge(elements.at(-1), "ahead");
    const inner = elements.slice(startsAtEdge ? 1 : 0, endsAtEdge ? -1 : undefined);
    return {
      ...rest,
      elements: [...(startsAtEdge ? [] : [anything()]), ...inner, ...(endsAtEdge ? [] : [anything()])],
    };
  });
  return { ...expression, alternatives };
}

function anything(): Element {
  const characters = loadRefa().JS.createCharSet([{ min: 0, max: 0x10ffff }], { unicode: true });
  const one = { type: "Concatenation", elements: [{ type: "CharacterClass", characters }] } as const;
  return {
    type: "Quantifier",
    min: 0,
    max: Number.POSITIVE_INFINITY,
    lazy: false,
    alternatives: [{ ...one, elements: [...one.elements] }],
  };
}

/** `^` is "nothing before", `$` is "nothing behind". */
function isEdge(element: Element | undefined, kind: "ahead" | "behind"): boolean {
  if (element?.type !== "Assertion" || element.kind !== kind || !element.negate) return false;
  const [only, ...others] = element.alternatives;
  const [character, ...more] = only?.elements ?? [];
  return others.length === 0 && more.length === 0 && character?.type === "CharacterClass" && character.characters.isAll;
}
