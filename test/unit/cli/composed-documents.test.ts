import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runDiff } from "../../../cli/commands/diff.ts";
import { errorLine } from "../../../cli/errors.ts";
import type { ChangeSet } from "../../../shared/diff/change-set.ts";
import type { JsonObject } from "../../../shared/spec/json-object.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "forewarn-composed-")));
afterAll(() => rmSync(folder, { recursive: true }));

type Files = Record<string, string | JsonObject>;

function write(files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content, null, 1));
  }
}

/** A service that answers `GET path` with its component `Item`, whose id has `type`. */
const service = (title: string, path: string, type: string, more: JsonObject = {}): JsonObject => ({
  openapi: "3.0.3",
  info: { title, version: "1" },
  paths: {
    [path]: {
      get: {
        responses: {
          "200": { description: "ok", content: { "text/json": { schema: { $ref: "#/components/schemas/Item" } } } },
        },
      },
    },
  },
  components: { schemas: { Item: { type: "object", properties: { id: { type } } } } },
  ...more,
});

async function diff(before: string, after: string): Promise<ChangeSet> {
  const { output } = await runDiff(
    { before: join(folder, before), after: join(folder, after), format: "json", failOn: "none" },
    { stdin: (async function* () {})(), columns: undefined, env: {}, today: "2026-01-01" },
  );
  return JSON.parse(output.replaceAll(`${folder}/`, ""));
}

async function refusalOf(source: string): Promise<string> {
  const error: unknown = await diff(source, source).catch((cause: unknown) => cause);
  return errorLine(error).replaceAll(`${folder}/`, "");
}

describe("documents that a glob names", () => {
  it("are compared as one API: what moved to another document is no change", async () => {
    const orders = service("Orders", "/orders", "string");
    write({
      "a/old/orders.json": { ...orders, paths: { ...Object(orders.paths), "/carts": Object(orders.paths)["/orders"] } },
      "a/old/users/api.json": service("Users", "/users", "string"),
      "a/new/orders.json": orders,
      "a/new/carts.json": service("Carts", "/carts", "string"),
      "a/new/users/api.json": service("Users", "/users", "integer"),
    });
    const { before, after, findings } = await diff("a/old/**/*.json", "a/new/**/*.json");
    expect([before.files, before.title, before.operations]).toEqual([
      ["a/old/orders.json", "a/old/users/api.json"],
      "Orders, Users",
      3,
    ]);
    expect([after.source, after.title, after.operations]).toEqual(["a/new/**/*.json", "Carts, Orders, Users", 3]);
    expect(findings.map(({ ruleId, pointer, before, after }) => [ruleId, pointer, before, after])).toEqual([
      [
        "response-property-type-changed",
        "/users~1api.json/components/schemas/Item/properties/id/type",
        { source: "a/old/users/api.json", pointer: "/components/schemas/Item/properties/id/type", line: 31, column: 7 },
        { source: "a/new/users/api.json", pointer: "/components/schemas/Item/properties/id/type", line: 31, column: 7 },
      ],
    ]);
  });

  it("keep apart what has one name in two of them: schemas, security schemes, servers", async () => {
    const secured = (scheme: JsonObject, url: string) => ({
      security: [{ key: [] }],
      servers: [{ url }],
      components: { securitySchemes: { key: scheme }, schemas: { Item: { type: "object", properties: { id: {} } } } },
    });
    const bearer = { type: "http", scheme: "bearer" };
    const apiKey = { type: "apiKey", in: "header", name: "X-Key" };
    write({
      "b/old/a.json": service("A", "/a", "string", secured(bearer, "https://a.test")),
      "b/old/b.json": service("B", "/b", "string", secured(apiKey, "https://b.test")),
      "b/new/a.json": service("A", "/a", "string", secured(bearer, "https://a.test")),
      "b/new/b.json": service("B", "/b", "string", secured({ ...apiKey, name: "X-Token" }, "https://c.test")),
    });
    const { findings } = await diff("b/old/*.json", "b/new/*.json");
    expect(findings.map(({ message, affectedOperations }) => [message, affectedOperations])).toEqual([
      [
        "the credential of key (b.json) is sent as header x-token instead of header x-key",
        [{ method: "GET", path: "/b" }],
      ],
      ["changed the server from https://b.test to https://c.test", [{ method: "GET", path: "/b" }]],
    ]);
    expect((await diff("b/old/*.json", "b/old/*.json")).counts.total).toBe(0);
  });

  it("are the documents of a folder; files that are none are passed over, and may be referred to", async () => {
    const referring = service("Orders", "/orders", "string", {
      components: { schemas: { Item: { $ref: "../common/Item.yaml" } } },
    });
    const files = {
      "orders/api.json": referring,
      "common/Item.yaml": "type: object\nproperties: { id: { type: string } }\n",
      "users.yaml": JSON.stringify(service("Users", "/users", "string")),
      "tsconfig.json": "{ // not JSON\n}",
      "package.json": { name: "apis", openapi: { version: "3.0.0" } },
      "library.json": { openapi: "3.0.0", info: {}, components: {} },
      "node_modules/x/api.json": service("X", "/orders", "string"),
      "notes.md": "openapi: 3.0.0",
    };
    write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`c/old/${name}`, content])));
    write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`c/new/${name}`, content])));
    write({ "c/new/common/Item.yaml": "type: object\nproperties: { id: { type: integer } }\n" });
    const { before, findings } = await diff("c/old", "c/new/");
    expect(before.files).toEqual(["c/old/orders/api.json", "c/old/users.yaml"]);
    expect(findings.map(({ ruleId, after }) => [ruleId, after?.source, after?.line])).toEqual([
      ["response-property-type-changed", "c/new/common/Item.yaml", 2],
    ]);
  });

  it("can be of different versions of the specification", async () => {
    write({
      "d/a.json": service("A", "/a", "string"),
      "d/b.json": service("B", "/b", "string", { openapi: "3.1.0" }),
      "d/c.json": { swagger: "2.0", info: { title: "C", version: "2" }, paths: { "/c": { get: { responses: {} } } } },
    });
    const { before, counts } = await diff("d/*.json", "d/*.json");
    expect([before.operations, before.version, counts.total]).toEqual([3, "1, 2", 0]);
  });

  it("may not have the same operation twice", async () => {
    write({
      "e/a.json": service("A", "/items/{id}", "string"),
      "e/b.json": service("B", "/items/{itemId}", "string"),
    });
    expect(await refusalOf("e/*.json")).toBe(
      "forewarn: cannot read e/*.json: both e/a.json and e/b.json have GET /items/{itemId}; name documents that do not describe the same operation",
    );
  });

  it("are at least one, and those that cannot be read are named", async () => {
    write({ "f/part.yaml": "type: object", "g/broken.yaml": "openapi: 3.0.0\npaths: [" });
    expect(await refusalOf("f/*.json")).toBe("forewarn: cannot read f/*.json: no file matches");
    expect(await refusalOf("f/*.yaml")).toBe(
      "forewarn: cannot read f/*.yaml: none of the 1 files that match is an OpenAPI document",
    );
    expect(await refusalOf("g")).toMatch(/^forewarn: cannot read g\/broken.yaml: not valid YAML at line 2/);
  });

  it("are one file, where a file is called like the glob", async () => {
    write({ "h/[a].json": service("A", "/a", "string"), "h/a.json": service("B", "/b", "string") });
    expect((await diff("h/[a].json", "h/[a].json")).before.title).toBe("A");
  });

  it("can be those of a revision of git", () => {
    const repository = join(folder, "repository");
    const git = (...line: string[]) =>
      execFileSync(
        "git",
        ["-c", "user.name=A", "-c", "user.email=a@example.test", "-c", "commit.gpgsign=false", ...line],
        {
          cwd: repository,
          stdio: "ignore",
        },
      );
    write({
      "repository/apis/a.json": service("A", "/a", "string"),
      "repository/apis/b/api.json": service("B", "/b", "string"),
    });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "APIs");
    write({ "repository/apis/b/api.json": service("B", "/b", "integer") });
    for (const before of ["main:apis/**/*.json", "main:apis/", "main:./apis/**/*.json"]) {
      const { stdout } = spawnSync(
        process.execPath,
        [join(process.cwd(), "cli/forewarn.ts"), "diff", before, "apis/**/*.json", "--format=json"],
        { cwd: repository, encoding: "utf8" },
      );
      const { findings }: ChangeSet = JSON.parse(stdout);
      const prefix = before.startsWith("main:./") ? "main:./" : "main:";
      expect(findings.map((one) => [one.pointer, one.before?.source, one.after?.source])).toEqual([
        ["/b~1api.json/components/schemas/Item/properties/id/type", `${prefix}apis/b/api.json`, "apis/b/api.json"],
      ]);
    }
  });
});
