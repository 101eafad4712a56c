import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { applyTurn, applyTurnEnd, type HostState, type HostTurn, type TurnAsk } from "../hosts/host-turns.ts";
import type { HostTurns } from "../hosts/ports.ts";
import { isConditionFailure, whileContended } from "./contention.ts";
import { type DynamoTable, getAttributes } from "./dynamo-table.ts";
import { itemChange } from "./item-change.ts";
import { readItem, writeItem } from "./item-codec.ts";
import { hostItem } from "./items/host-item.ts";
import { hostKey } from "./keys.ts";

/**
 * Turns at hosts in DynamoDB: one item a host. Where nobody is, a turn is one write on condition that nobody is there; else the
 * item is read, and written on condition that nobody wrote it in between.
 */
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

  /** A turn at a host where nobody is, in one write without a read; `undefined` when somebody is there, or it is paused. */
  const takeIdle = async (host: string, ask: TurnAsk): Promise<HostTurn | undefined> => {
    const { turn, next } = applyTurn(undefined, host, ask);
    if (next === undefined) return undefined;
    const { PK, SK, ...fields } = writeItem(hostItem, next);
    const names = Object.keys(fields);
    try {
      await table.client.send(
        new UpdateCommand({
          TableName: table.tableName,
          Key: { PK, SK },
          ConditionExpression:
            "attribute_not_exists(PK) OR (busyUntilMs <= :now AND nextRequestAtMs <= :now" +
            " AND (attribute_not_exists(pausedUntilMs) OR pausedUntilMs <= :now))",
          UpdateExpression:
            `SET ${names.map((_, position) => `#f${position} = :f${position}`).join(", ")},` +
            " rev = if_not_exists(rev, :none) + :one REMOVE pausedUntilMs",
          ExpressionAttributeNames: Object.fromEntries(names.map((name, position) => [`#f${position}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(names.map((name, position) => [`:f${position}`, fields[name]])),
            ":now": ask.nowMs,
            ":none": 0,
            ":one": 1,
          },
        }),
      );
      return turn;
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    }
  };

  return {
    take: async (host, ask) =>
      (await whileContended(`host ${host}`, () => takeIdle(host, ask))) ??
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
