import { expect, it } from "vitest";
import { searchOperations } from "../../../cli/commands/search.ts";
import { buildIndex } from "../../../shared/search/build-index.ts";
import { encodeIndex } from "../../../shared/search/index-file.ts";
import { fillTenant } from "../api/api-fixtures.ts";
import { createSession } from "./session-fixture.ts";

it("forewarn search shows each hit with why it was found", async () => {
  const here = await createSession();
  const { dependencyId = "" } = await fillTenant(here.api, here.tenantId);
  const find = (args: { question: string; limit?: string; dependency?: string }) =>
    searchOperations(here.sessionOf(), { limit: "10", ...args });
  await find({ question: "pets" });
  expect(here.taken().output).toBe("nothing found (forewarn deps list says what is embedded)\n");

  const operation = {
    method: "GET",
    path: "/pets",
    operationId: "listPets",
    summary: "List pets",
    tags: [],
    domain: "pets",
    deprecated: true,
    hash: "h",
    vectorId: "v",
  };
  const fields = { title: "List pets", path: "get pets", tags: "", inputs: "", description: "" };
  const model = { id: "embedded:test", dimension: 1 };
  const index = buildIndex({ dependencyId, snapshotId: "s", model }, [
    { operation, fields, vector: Float32Array.from([1]) },
  ]);
  await here.api.bodies.putOnce("k", encodeIndex(index), "application/octet-stream");
  const manifest = { tenantId: here.tenantId, version: 1, mergedKey: "k", parts: [{ dependencyId, key: "k" }] };
  await here.api.searchManifests.replace(manifest);
  await find({ question: "which pets are there", dependency: "pets" });
  expect(here.taken().output).toBe(
    "GET /pets  pets  deprecated\n  List pets\n  “pets” in title, path (1st by words); asked to read, as GET does\n",
  );
  await expect(find({ question: " " })).rejects.toThrow(/^QUESTION: is the question/);
  await expect(find({ question: "a", limit: "0" })).rejects.toThrow(/^--limit: /);
});
