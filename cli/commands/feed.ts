import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { findDependency } from "../client/find-dependency.ts";
import { printJson, printLine } from "../client/print.ts";

type OfDependency = { dependency: string };

export const createFeed = async (session: ApiSession, { dependency }: OfDependency): Promise<void> => {
  const { id: dependencyId, name } = await findDependency(session.client, dependency);
  const { data } = await session.client.call("createFeed", { params: { dependencyId } });
  const url = `${session.client.apiUrl}${data.path}`;
  if (printJson(session, { url })) return;
  session.writeError(`the changes of ${name}, for a feed reader; the address is a secret, shown only now:\n`);
  printLine(session, url);
};

export const removeFeed = async (session: ApiSession, { dependency }: OfDependency): Promise<void> => {
  const { id: dependencyId, name } = await findDependency(session.client, dependency);
  await session.client.call("deleteFeed", { params: { dependencyId } });
  if (!printJson(session, { dependencyId })) printLine(session, `the feed of ${name} is gone`);
};

const dependencyArg = {
  dependency: { type: "positional", required: true, description: "The dependency's id or name" },
} as const;

export const feed = defineCommand({
  meta: { name: "feed", description: "Give a dependency an Atom feed, or take it away" },
  subCommands: {
    create: defineCommand({
      meta: { name: "create", description: "Make a new address; the one before opens nothing any more" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => createFeed(session, args)),
    }),
    remove: defineCommand({
      meta: { name: "remove", description: "Take the feed away" },
      args: { ...dependencyArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => removeFeed(session, args)),
    }),
  },
});
