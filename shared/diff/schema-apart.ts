import type { JsonType } from "../spec/model.ts";
import {
  and,
  type Conjunction,
  conjunctionOf,
  largest,
  namesOf,
  propertySchemasOf,
  rangeOf,
  requiredOf,
  smallest,
  typesOf,
  valuesOf,
  withoutAllOf,
  withoutUnion,
} from "./conjunction.ts";
import { fitsNode } from "./value-fit.ts";

/** How deep alternatives and properties are followed. */
const maxDepth = 5;

/** Whether provably no value is valid in both; `false` where that is not so or cannot be told. */
export function areApart(left: Conjunction, right: Conjunction, depth = maxDepth): boolean {
  if (depth === 0) return false;
  const [leftValues, rightValues] = [valuesOf(left), valuesOf(right)];
  if (leftValues?.every((value) => isRefused(right, value)) || rightValues?.every((value) => isRefused(left, value))) {
    return true;
  }
  if (branchesOf(left)?.every((branch) => areApart(branch, right, depth - 1))) return true;
  if (branchesOf(right)?.every((branch) => areApart(left, branch, depth - 1))) return true;
  const common = commonTypes(typesOf(left), typesOf(right));
  return common.every((type) => areApartAs(type, left, right, depth));
}

function isRefused({ side, nodes }: Conjunction, value: Parameters<typeof fitsNode>[2]): boolean {
  return nodes.some((node) => fitsNode(side, withoutAllOf(node), value) === false);
}

/** The conjunction with each alternative of its first union; `undefined` where it has no union. */
function branchesOf(conjunction: Conjunction): Conjunction[] | undefined {
  const union = conjunction.nodes.find((node) => node.anyOf !== undefined || node.oneOf !== undefined);
  if (union === undefined) return undefined;
  const keyword = union.anyOf === undefined ? "oneOf" : "anyOf";
  const nodes = conjunction.nodes.map((node) => (node === union ? withoutUnion(union, keyword) : node));
  return (union[keyword] ?? []).map((id) =>
    and({ side: conjunction.side, nodes }, conjunctionOf(conjunction.side, id).nodes),
  );
}

function commonTypes(left: readonly JsonType[], right: readonly JsonType[]): JsonType[] {
  const has = (types: readonly JsonType[], type: JsonType): boolean =>
    types.includes(type) || (type === "integer" && types.includes("number"));
  return [...new Set([...left.filter((type) => has(right, type)), ...right.filter((type) => has(left, type))])];
}

function areApartAs(type: JsonType, left: Conjunction, right: Conjunction, depth: number): boolean {
  switch (type) {
    case "integer":
    case "number": {
      const [one, other] = [rangeOf(left), rangeOf(right)];
      return one.high < other.low || other.high < one.low;
    }
    case "string":
      return isGap(left, right, "minLength", "maxLength");
    case "array":
      return isGap(left, right, "minItems", "maxItems");
    case "object":
      return isGap(left, right, "minProperties", "maxProperties") || haveApartProperties(left, right, depth);
    default:
      return false;
  }
}

function isGap(
  left: Conjunction,
  right: Conjunction,
  lower: "minLength" | "minItems" | "minProperties",
  upper: "maxLength" | "maxItems" | "maxProperties",
): boolean {
  return smallest(left, upper) < largest(right, lower, 0) || smallest(right, upper) < largest(left, lower, 0);
}

/** Whether a property that one of them requires can have no value that both accept: what a discriminator relies on. */
function haveApartProperties(left: Conjunction, right: Conjunction, depth: number): boolean {
  const required = new Set([...requiredOf(left), ...requiredOf(right)]);
  const isKnown = (name: string) => namesOf(left).has(name) || namesOf(right).has(name);
  return [...required].filter(isKnown).some((name) => {
    const ofLeft = conjunctionOf(left.side, ...propertySchemasOf(left, name));
    const ofRight = conjunctionOf(right.side, ...propertySchemasOf(right, name));
    const isForbidden = [...ofLeft.nodes, ...ofRight.nodes].some((node) => node.never === true);
    return isForbidden || areApart(ofLeft, ofRight, depth - 1);
  });
}
