import { defineCommand } from "citty";
import * as z from "zod";
import { apiKeyScope } from "../../shared/contracts/api/keys.ts";
import { type ApiSession, formatArg, withApi } from "../client/api-session.ts";
import { collect, limitArg, readLimit } from "../client/collect.ts";
import { printJson, printLine, printTable } from "../client/print.ts";
import { UsageError } from "../errors.ts";

export const listKeys = async (session: ApiSession, { limit }: { limit: string }): Promise<void> => {
  const keys = await collect(readLimit(limit), (query) => session.client.call("listApiKeys", { query }));
  if (printJson(session, keys)) return;
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.scopes.join(" "),
    key.createdAt,
    key.revokedAt === undefined ? "active" : `revoked ${key.revokedAt}`,
  ]);
  printTable(session, ["key", "name", "scopes", "created", "state"], rows);
};

export const createKey = async (
  session: ApiSession,
  { name, scopes }: { name: string; scopes: string },
): Promise<void> => {
  const parsed = z
    .array(apiKeyScope)
    .min(1)
    .safeParse(scopes.split(",").map((scope) => scope.trim()));
  if (!parsed.success) throw new UsageError(`--scopes is read, write or read,write, not ${scopes}`);
  const { data } = await session.client.call("createApiKey", { body: { name, scopes: parsed.data } });
  if (printJson(session, data)) return;
  // The secret alone on stdout, so that it can be captured; it is shown once.
  session.writeError(`created the key ${data.id} (${data.scopes.join(" ")}); its secret is shown only now:\n`);
  printLine(session, data.secret);
};

export const revokeKey = async (session: ApiSession, { key: keyId }: { key: string }): Promise<void> => {
  const { data } = await session.client.call("revokeApiKey", { params: { keyId } });
  if (!printJson(session, data)) printLine(session, `revoked: ${data.name} (${data.id})`);
};

export const keys = defineCommand({
  meta: { name: "keys", description: "List, create and revoke API keys of your tenant" },
  subCommands: {
    list: defineCommand({
      meta: { name: "list", description: "List API keys, newest first" },
      args: { ...limitArg, ...formatArg },
      run: ({ args }) => withApi(args, (session) => listKeys(session, args)),
    }),
    create: defineCommand({
      meta: { name: "create", description: "Create an API key and show its secret once" },
      args: {
        name: { type: "positional", required: true, description: "What the key is for" },
        scopes: { type: "string", default: "read,write", valueHint: "read,write", description: "What it may do" },
        ...formatArg,
      },
      run: ({ args }) => withApi(args, (session) => createKey(session, args)),
    }),
    revoke: defineCommand({
      meta: { name: "revoke", description: "Revoke an API key at once" },
      args: { key: { type: "positional", required: true, description: "The key's id" }, ...formatArg },
      run: ({ args }) => withApi(args, (session) => revokeKey(session, args)),
    }),
  },
});
