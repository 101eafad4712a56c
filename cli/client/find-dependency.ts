import type * as z from "zod";
import type { dependency } from "../../shared/contracts/api/dependencies.ts";
import { UsageError } from "../errors.ts";
import type { ApiClient } from "./api-client.ts";
import { collect } from "./collect.ts";

export type Dependency = z.output<typeof dependency>;

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * The dependency that a person means: by its id, or by a name that only one has.
 * @throws UsageError when none or several have the name
 */
export const findDependency = async (client: ApiClient, idOrName: string): Promise<Dependency> => {
  if (ulid.test(idOrName)) return (await client.call("getDependency", { params: { dependencyId: idOrName } })).data;
  const all = await collect(10_000, (query) => client.call("listDependencies", { query }));
  const named = all.filter(({ name }) => name === idOrName);
  const [found, another] = named;
  if (found === undefined) {
    throw new UsageError(`no dependency has the id or name ${idOrName}: forewarn deps list shows them`);
  }
  if (another !== undefined) {
    throw new UsageError(`${named.length} dependencies are named ${idOrName}: give the id of one of them`);
  }
  return found;
};
