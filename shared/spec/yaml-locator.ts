import { EVENT_ID, type Event, getScalarValue } from "js-yaml";
import { splitPointer } from "./pointers.ts";

/** `keyOffset`: where a reader looks for it. `valueEvent`: index of the event that starts the value. */
type Entry = { keyOffset: number; valueEvent: number };

/**
 * Finds places in valid YAML `text`, through aliases and `<<` merges. Each container that a pointer passes through is indexed
 * once.
 * @param events of `text`
 * @returns the offset of the member's key, or of the sequence's item; `undefined` when nothing stands there
 */
export function createYamlLocator(text: string, events: readonly Event[]): (pointer: string) => number | undefined {
  const anchors = indexAnchors(text, events);
  const containers = new Map<number, Map<string, Entry>>();

  /** Follows aliases from the event at `index` to the node that they name. */
  const resolve = (index: number): number => {
    let at = index;
    for (let event = events[at]; event?.type === EVENT_ID.ALIAS; event = events[at]) {
      const name = text.slice(event.anchorStart, event.anchorEnd);
      const target = anchors.get(name)?.findLast((candidate) => candidate < at);
      if (target === undefined) return at;
      at = target;
    }
    return at;
  };

  const entriesOf = (index: number): Map<string, Entry> => {
    const known = containers.get(index);
    if (known !== undefined) return known;
    const entries = new Map<string, Entry>();
    containers.set(index, entries);
    const start = events[index];
    if (start?.type !== EVENT_ID.MAPPING && start?.type !== EVENT_ID.SEQUENCE) return entries;
    const merged: number[] = [];
    let at = index + 1;
    for (let item = 0; events[at] !== undefined && events[at]?.type !== EVENT_ID.POP; item++) {
      const first = events[at];
      if (start.type === EVENT_ID.SEQUENCE) {
        entries.set(String(item), { keyOffset: offsetOf(first), valueEvent: at });
        at = afterNode(events, at);
        continue;
      }
      const valueAt = afterNode(events, at);
      const keyEvent = events[resolve(at)];
      if (keyEvent?.type === EVENT_ID.SCALAR) {
        const key = getScalarValue(text, keyEvent);
        if (key === "<<") merged.push(valueAt);
        else entries.set(key, { keyOffset: offsetOf(first), valueEvent: valueAt });
      }
      at = afterNode(events, valueAt);
    }
    for (const source of merged) addMerged(entries, resolve(source));
    return entries;
  };

  /** Keys of the mapping itself win over merged ones, and earlier merged ones over later. */
  const addMerged = (entries: Map<string, Entry>, source: number): void => {
    if (events[source]?.type === EVENT_ID.SEQUENCE) {
      for (const item of entriesOf(source).values()) addMerged(entries, resolve(item.valueEvent));
      return;
    }
    for (const [key, entry] of entriesOf(source)) if (!entries.has(key)) entries.set(key, entry);
  };

  return (pointer) => {
    const tokens = splitPointer(pointer);
    if (tokens === undefined) return undefined;
    const root = events.findIndex((event) => event.type !== EVENT_ID.DOCUMENT);
    let entry: Entry | undefined = { keyOffset: offsetOf(events[root]), valueEvent: root };
    for (const token of tokens) {
      entry = entriesOf(resolve(entry.valueEvent)).get(token);
      if (entry === undefined) return undefined;
    }
    return entry.keyOffset;
  };
}

/** Anchor name to the events that define it, in order: a name may be defined again further down. */
function indexAnchors(text: string, events: readonly Event[]): Map<string, number[]> {
  const anchors = new Map<string, number[]>();
  events.forEach((event, index) => {
    if (event.type === EVENT_ID.ALIAS || !("anchorStart" in event) || event.anchorStart === -1) return;
    const name = text.slice(event.anchorStart, event.anchorEnd);
    const defined = anchors.get(name);
    if (defined === undefined) anchors.set(name, [index]);
    else defined.push(index);
  });
  return anchors;
}

/** Index of the event after the node that starts at `index`. */
function afterNode(events: readonly Event[], index: number): number {
  let depth = 0;
  for (let at = index; at < events.length; at++) {
    const type = events[at]?.type;
    if (type === EVENT_ID.POP) depth--;
    else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) depth++;
    if (depth === 0) return at + 1;
  }
  return events.length;
}

function offsetOf(event: Event | undefined): number {
  if (event === undefined) return 0;
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  return "start" in event ? event.start : 0;
}
