import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  addDependency,
  getDependency,
  listDependencies,
  removeDependency,
  setDependency,
} from "../../../cli/commands/deps.ts";
import { createSession } from "./session-fixture.ts";

const source = "https://pets.example.com/openapi.json";
const limit = "20";
const at = "2026-03-01T12:00:00.000Z";

let here: Awaited<ReturnType<typeof createSession>>;
let folder: string;
beforeEach(async () => {
  here = await createSession();
  folder = await mkdtemp(join(tmpdir(), "forewarn-deps-"));
});
afterEach(() => rm(folder, { recursive: true }));

const idOf = async (name: string) =>
  (await here.client.call("listDependencies", {})).data.find((one) => one.name === name)?.id ?? "";

describe("forewarn deps", () => {
  it("adds a URL under its host's name and tells the job", async () => {
    await addDependency(here.sessionOf(), { source });
    const id = await idOf("pets.example.com");
    const [execution] = here.api.workflow.sent;
    expect(here.taken()).toEqual({
      output: `added pets.example.com as ${id}; its first sync is job ${execution?.jobId}\n`,
      errors: "",
    });
  });

  it("uploads a file, and says which one cannot be read", async () => {
    const path = join(folder, "pets.yaml");
    await writeFile(path, "openapi: 3.1.0\n");
    await addDependency(here.sessionOf(), { source: path, tags: "a, b,", owner: "team", cadence: "1d" });
    const { data } = await here.client.call("getDependency", { params: { dependencyId: await idOf("pets.yaml") } });
    expect(data).toMatchObject({ source: "upload", tags: ["a", "b"], owner: "team", cadence: "1d" });
    const missing = join(folder, "missing.yaml");
    await expect(addDependency(here.sessionOf(), { source: missing })).rejects.toThrow(
      `cannot read ${missing}: no such file`,
    );
  });

  it("lists as a table, newest first, with nothing in it that steers a terminal", async () => {
    await addDependency(here.sessionOf(), { source, name: "pets" });
    await addDependency(here.sessionOf(), { source, name: "evil\u001b[2J", enabled: false });
    here.taken();
    await listDependencies(here.sessionOf(), { limit });
    const lines = here.taken().output.split("\n");
    expect(lines.map((line) => line.split(/ {2,}/).slice(1))).toEqual([
      ["name", "state", "every", "last checked", "document"],
      ["evil [2J", "healthy, syncing", "off", "never", source],
      ["pets", "healthy, syncing", "1h", "never", source],
      [],
    ]);
  });

  it("says how to begin when there are none", async () => {
    await listDependencies(here.sessionOf(), { limit });
    expect(here.taken().output).toBe("no dependencies yet: add one with forewarn deps add https://…/openapi.json\n");
  });

  it("prints exactly what the API answered as JSON", async () => {
    await addDependency(here.sessionOf("json"), { source });
    const created = JSON.parse(here.taken().output);
    await listDependencies(here.sessionOf("json"), { limit });
    expect(JSON.parse(here.taken().output)).toEqual([
      { ...created, embedding: { state: "not_indexed", label: "not indexed" } },
    ]);
  });

  it("lists more than a page of the API holds", async () => {
    for (let count = 0; count < 105; count += 1) {
      await here.client.call("createDependency", { body: { name: `n${count}`, specUrl: source } });
    }
    await listDependencies(here.sessionOf("json"), { limit: "103" });
    expect(JSON.parse(here.taken().output)).toHaveLength(103);
  });

  it("shows one by its name", async () => {
    await addDependency(here.sessionOf(), { source, name: "pets", owner: "team a" });
    here.taken();
    await getDependency(here.sessionOf(), { dependency: "pets" });
    const [execution] = here.api.workflow.sent;
    expect(
      Object.fromEntries(
        here
          .taken()
          .output.trimEnd()
          .split("\n")
          .map((line) => line.split(/ {2,}/)),
      ),
    ).toEqual({
      dependency: await idOf("pets"),
      name: "pets",
      document: source,
      every: "1h",
      state: "healthy, syncing",
      "next check": "2026-03-01T12:54:03.214Z",
      "running job": execution?.jobId,
      monitored: "all",
      owner: "team a",
      created: at,
    });
  });

  it("changes what is given and nothing else", async () => {
    await addDependency(here.sessionOf(), { source, name: "pets", owner: "team a" });
    here.taken();
    await setDependency(here.sessionOf(), { dependency: "pets", cadence: "15m", enabled: false });
    expect(here.taken().output).toBe("set cadence, enabled of pets\n");
    const { data } = await here.client.call("getDependency", { params: { dependencyId: await idOf("pets") } });
    expect([data.cadence, data.enabled, data.owner]).toEqual(["15m", false, "team a"]);
    await expect(setDependency(here.sessionOf(), { dependency: "pets" })).rejects.toThrow("nothing to set");
  });

  it("narrows what raises changes to domains and operations, and widens it again", async () => {
    await addDependency(here.sessionOf(), { source, name: "pets", monitor: "billing, GET /v1/*" });
    const filterOf = async () => {
      const { data } = await here.client.call("getDependency", { params: { dependencyId: await idOf("pets") } });
      return [data.monitoringMode, data.filteredDomains, data.filteredEndpoints];
    };
    expect(await filterOf()).toEqual(["partial", ["billing"], ["GET /v1/*"]]);
    await setDependency(here.sessionOf(), { dependency: "pets", monitor: "all" });
    expect(await filterOf()).toEqual(["full", ["billing"], ["GET /v1/*"]]);
  });

  it("removes one, and asks which when a name is not enough", async () => {
    await addDependency(here.sessionOf(), { source, name: "pets" });
    await addDependency(here.sessionOf(), { source, name: "pets" });
    here.taken();
    await expect(removeDependency(here.sessionOf(), { dependency: "pets" })).rejects.toThrow(
      "2 dependencies are named pets: give the id of one of them",
    );
    await removeDependency(here.sessionOf(), { dependency: await idOf("pets") });
    expect(here.taken().output).toBe("removed pets\n");
    await expect(removeDependency(here.sessionOf(), { dependency: "stores" })).rejects.toThrow(
      "no dependency has the id or name stores: forewarn deps list shows them",
    );
  });

  it("passes on why the API refused, with the field", async () => {
    const refused = addDependency(here.sessionOf(), { source: "http://127.0.0.1/", name: "local" });
    await expect(refused).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(/^specUrl: 127\.0\.0\.1 is not an address on the public internet/),
    });
  });
});
