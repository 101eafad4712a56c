import { defineCommand } from "citty";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { printFields, printJson, printLine, printTable } from "../client/print.ts";

export const createSession = async (session: ApiSession, { id }: { id?: string | undefined }): Promise<void> => {
  const created =
    id === undefined
      ? await session.client.call("createSession", {})
      : await session.client.call("createSessionWithId", { params: { sessionId: id } });
  if (!printJson(session, created)) printLine(session, created.sessionId);
};

export const showSession = async (session: ApiSession, { session: sessionId }: { session: string }): Promise<void> => {
  const found = await session.client.call("getSession", { params: { sessionId } });
  if (printJson(session, found)) return;
  printFields(session, {
    session: found.sessionId,
    created: found.createdAt,
    expires: found.expiresAt,
    documents: String(found.documentationCount),
    jobs: String(found.jobCount),
  });
  if (found.outputs.length === 0) return;
  const rows = found.outputs.map((output) => [output.jobType, output.subject ?? "", output.jobId, output.finishedAt]);
  printTable(session, ["result of", "about", "job", "finished"], rows);
};

export const deleteSession = async (
  session: ApiSession,
  { session: sessionId }: { session: string },
): Promise<void> => {
  const deleted = await session.client.call("deleteSession", { params: { sessionId } });
  if (!printJson(session, deleted)) printLine(session, `deleted: session ${sessionId} with all that it held`);
};

export const sessionArg = { session: { type: "positional", required: true, description: "Its id" } } as const;

export const session = defineCommand({
  meta: { name: "session", description: "Sessions: what one integration is made from" },
  subCommands: {
    create: defineCommand({
      meta: { name: "create", description: "Create a session and print its id" },
      args: { id: { type: "string", valueHint: "UUID", description: "An id of your own" }, ...formatArg },
      run: ({ args }) => withApi(args, (api) => createSession(api, args)),
    }),
    show: defineCommand({
      meta: { name: "show", description: "Show what a session holds" },
      args: { ...sessionArg, ...formatArg },
      run: ({ args }) => withApi(args, (api) => showSession(api, args)),
    }),
    delete: defineCommand({
      meta: { name: "delete", description: "Delete a session with its jobs and documentation" },
      args: { ...sessionArg, ...formatArg },
      run: ({ args }) => withApi(args, (api) => deleteSession(api, args)),
    }),
  },
});
