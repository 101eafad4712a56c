import { isDeepStrictEqual } from "node:util";
import type { Attributes } from "./item-codec.ts";
import type { ItemKey } from "./keys.ts";

/**
 * The update that turns the item as it was read into `next`, on condition that nobody wrote it since: every write of a
 * changeable item raises its `rev`. Attributes that stay are not sent.
 */
export const itemChange = (tableName: string, read: Attributes & ItemKey, next: Attributes & ItemKey) => {
  const names: Record<string, string> = { "#PK": "PK", "#rev": "rev" };
  const values: Attributes = { ":rev": read.rev, ":nextRev": Number(read.rev) + 1 };
  const sets = ["#rev = :nextRev"];
  const removals: string[] = [];
  const fields = new Set([...Object.keys(read), ...Object.keys(next)]);
  for (const key of ["PK", "SK", "rev"]) fields.delete(key);
  for (const [position, field] of [...fields].entries()) {
    if (isDeepStrictEqual(read[field], next[field])) continue;
    names[`#f${position}`] = field;
    if (next[field] === undefined) removals.push(`#f${position}`);
    else {
      values[`:f${position}`] = next[field];
      sets.push(`#f${position} = :f${position}`);
    }
  }
  return {
    TableName: tableName,
    Key: { PK: read.PK, SK: read.SK },
    UpdateExpression: `SET ${sets.join(", ")}${removals.length === 0 ? "" : ` REMOVE ${removals.join(", ")}`}`,
    ConditionExpression: "attribute_exists(#PK) AND #rev = :rev",
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
};
