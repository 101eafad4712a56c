import { setTimeout as sleep } from "node:timers/promises";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { StoreContendedError } from "./errors.ts";

/** With 20 writers on one item the last one wins its turn in well under this many tries. */
const maxTries = 40;
const maxPauseMs = 200;

export const isConditionFailure = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/** Reasons of a cancelled transaction that another try can change; a refused value is none of them. */
const passingReasons = new Set(["None", "ConditionalCheckFailed", "TransactionConflict", "ThrottlingError"]);

const isPassing = (error: unknown): boolean => {
  if (error instanceof TransactionCanceledException)
    return (error.CancellationReasons ?? []).every(({ Code }) => Code === undefined || passingReasons.has(Code));
  // A plain write to an item that is in a transaction just now; the SDK does not retry it.
  return error instanceof Error && error.name === "TransactionConflictException";
};

/** Whether another writer came between, so that what was read has to be read again. */
export const isContention = (error: unknown): boolean => isConditionFailure(error) || isPassing(error);

/** Raised inside `whileContended` when what was read no longer explains why a condition failed: read again. */
export class ReadAgain extends Error {
  override readonly name = "ReadAgain";
}

/**
 * Runs a read-and-conditional-write until no other writer came between. Condition failures count as contention, so
 * `attempt` must handle those that mean something else.
 * @param what names the item in the error, for example `job 01J…`
 * @throws StoreContendedError
 */
export const whileContended = async <T>(what: string, attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isContention(error) && !(error instanceof ReadAgain)) throw error;
      if (tries === maxTries) throw new StoreContendedError(what, error);
    }
    await sleep(Math.random() * Math.min(maxPauseMs, 5 * 2 ** tries));
  }
};
