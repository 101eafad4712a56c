import * as z from "zod";
import { tableDefinition } from "../../shared/aws/table-definition.ts";

/** An attribute as DynamoDB's protocol writes it: `{"S": "text"}`. */
export type Attribute = { [type: string]: unknown };
export type Item = Record<string, Attribute>;

export const item: z.ZodType<Item> = z.record(z.string(), z.record(z.string(), z.unknown()));
const list = z.array(z.record(z.string(), z.unknown()));

/** A write unit holds so much of an item, a read unit so much of what is read. */
const writeUnitBytes = 1_024;
const readUnitBytes = 4_096;

/** Characters of a task token: the emulator's are far shorter than those that Step Functions gives out. */
const taskTokenBytes = 1_000;

const bytesOfText = (text: unknown): number => Buffer.byteLength(String(text));

/**
 * Bytes of an attribute's value as DynamoDB counts them: text in UTF-8, two digits of a number to a byte and one more, one for
 * a truth value, three for a list or a map and one for each element.
 * Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const bytesOfValue = (attribute: Attribute): number => {
  const [[type, value] = ["NULL", true]] = Object.entries(attribute);
  switch (type) {
    case "S":
      return bytesOfText(value);
    case "N":
      return Math.ceil(String(value).replace(/^-?0*\.?0*|\.|-/g, "").length / 2) + 1;
    case "L":
      return list.parse(value).reduce((sum, one) => sum + bytesOfValue(one) + 1, 3);
    case "M":
      return bytesOfItem(item.parse(value)) + 3 + Object.keys(item.parse(value)).length;
    case "B":
      return Math.ceil((bytesOfText(value) * 3) / 4);
    default:
      return 1;
  }
};

/** Bytes of an item: its attributes with their names. */
export const bytesOfItem = (of: Item): number =>
  Object.entries(of).reduce((sum, [name, value]) => {
    const bytes = bytesOfValue(value);
    return sum + bytesOfText(name) + (name === "taskToken" ? Math.max(bytes, taskTokenBytes) : bytes);
  }, 0);

const unitsFor = (bytes: number, unitBytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));

/** Read units of one item, or of all that one page of a query went through. Half of it where it may be a moment old. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  unitsFor(bytes, readUnitBytes) * (isConsistent ? 1 : 0.5);

/**
 * Write units of a write that found `before` and left `after`: the larger of the two; and one for each entry of an index that is
 * put or taken away, as the indexes hold keys only. A write that was refused costs what it looked at.
 */
export const writeUnits = (before: Item | undefined, after: Item | undefined): number => {
  const table = unitsFor(Math.max(...[before, after].map((one) => (one ? bytesOfItem(one) : 0))), writeUnitBytes);
  return tableDefinition.indexes.reduce((sum, index) => {
    const [old, next] = [before, after].map((one) => entryOf(one, index));
    if (old === next) return sum;
    return sum + [old, next].filter((one) => one !== undefined).length;
  }, table);
};

const entryOf = (of: Item | undefined, { partitionKey, sortKey }: (typeof tableDefinition.indexes)[number]) => {
  const [partition, position] = [of?.[partitionKey], of?.[sortKey]];
  return partition === undefined || position === undefined ? undefined : JSON.stringify([partition, position]);
};
