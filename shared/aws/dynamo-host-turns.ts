import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { applyTurn, applyTurnEnd, type HostState } from "../hosts/host-turns.ts";
import type { HostTurns } from "../hosts/ports.ts";
import { whileContended } from "./contention.ts";
import { type DynamoTable, getAttributes } from "./dynamo-table.ts";
import { itemChange } from "./item-change.ts";
import { readItem, writeItem } from "./item-codec.ts";
import { hostItem } from "./items/host-item.ts";
import { hostKey } from "./keys.ts";

/** Turns at hosts in DynamoDB: one item a host, read and written on condition that nobody wrote it in between. */
export const dynamoHostTurns = (table: DynamoTable): HostTurns => {
  const change = <T>(
    host: string,
    apply: (known: HostState | undefined) => { result: T; next?: HostState },
  ): Promise<T> =>
    whileContended(`host ${host}`, async () => {
      const found = await getAttributes(table, hostKey(host));
      const { result, next } = apply(found === undefined ? undefined : readItem(hostItem, found));
      if (next === undefined) return result;
      const written = writeItem(hostItem, next);
      // A new one by an update too, so that who fetches needs no right to put items.
      const update = itemChange(table.tableName, found ?? { ...hostKey(host), rev: 0 }, written);
      const { ":rev": rev, ...values } = update.ExpressionAttributeValues;
      const isNew = found === undefined;
      await table.client.send(
        new UpdateCommand({
          ...update,
          ConditionExpression: isNew ? "attribute_not_exists(#PK)" : update.ConditionExpression,
          ExpressionAttributeValues: isNew ? values : { ...values, ":rev": rev },
        }),
      );
      return result;
    });

  return {
    take: (host, ask) =>
      change(host, (known) => {
        const { turn, next } = applyTurn(known, host, ask);
        return { result: turn, ...(next === undefined ? {} : { next }) };
      }),
    giveBack: (host, holder, pausedUntilMs) =>
      change(host, (known) => {
        const next = applyTurnEnd(known, host, holder, pausedUntilMs);
        return { result: undefined, ...(next === undefined ? {} : { next }) };
      }),
  };
};
