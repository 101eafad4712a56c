import { defineCommand } from "citty";
import type * as z from "zod";
import { type searchHit, searchQuery } from "../../shared/contracts/api/search.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printable, printJson, printLine } from "../client/print.ts";
import { readRequest } from "../client/read-request.ts";

type Hit = z.output<typeof searchHit>;

export type SearchArguments = { question: string; limit: string; dependency?: string | undefined };

/** Finds operations of all that is watched, and says of each why it was found. */
export const searchOperations = async (session: ApiSession, args: SearchArguments): Promise<void> => {
  const dependencyId =
    args.dependency === undefined ? undefined : (await findDependency(session.client, args.dependency)).id;
  const query = readRequest(searchQuery, { q: args.question, limit: args.limit }, { q: "QUESTION", limit: "--limit" });
  const { data } = await session.client.call("searchOperations", { query: { ...query, dependencyId } });
  if (printJson(session, data)) return;
  if (data.length === 0) return printLine(session, "nothing found (forewarn deps list says what is embedded)");
  for (const hit of data) printHit(session, hit);
};

const printHit = ({ colors, write }: ApiSession, hit: Hit): void => {
  const { method, path, summary, dependencyName, deprecated, explanation } = hit;
  const marks = deprecated ? `  ${colors.yellow("deprecated")}` : "";
  write(`${colors.bold(printable(`${method} ${path}`))}  ${colors.dim(printable(dependencyName))}${marks}\n`);
  if (summary !== undefined) write(`  ${printable(summary)}\n`);
  write(`  ${colors.dim(printable(explanation.text))}\n`);
};

export const search = defineCommand({
  meta: { name: "search", description: "Find operations by what they do, in any words" },
  args: {
    question: { type: "positional", required: true, description: "What the operation should do" },
    limit: { type: "string", default: "10", valueHint: "N", description: "How many to show, 100 at most" },
    dependency: { type: "string", valueHint: "ID|NAME", description: "Of this dependency alone" },
    ...formatArg,
  },
  run: ({ args }) => withApi(args, (session) => searchOperations(session, args)),
});
