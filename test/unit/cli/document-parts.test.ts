import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDiff } from "../../../cli/commands/diff.ts";
import { errorLine } from "../../../cli/errors.ts";
import type { PartPermissions } from "../../../cli/input/part-source.ts";
import type { Finding } from "../../../shared/diff/change-set.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "forewarn-parts-")));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const documentOf = (reference: string) => `openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema:
                $ref: ${JSON.stringify(reference)}
`;
const petOf = (type: string) => `type: object\nproperties:\n  name:\n    type: ${type}\n`;

async function* textOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function diff(before: string, after: string, permissions: PartPermissions = {}, stdin = "", format = "json") {
  const { output } = await runDiff(
    { before, after, format, failOn: "none", ...permissions },
    { stdin: textOf(stdin), columns: undefined, env: {}, today: "2026-01-01" },
  );
  return output;
}

async function placesOf(before: string, after: string, permissions: PartPermissions = {}) {
  const { findings }: { findings: Finding[] } = JSON.parse(await diff(before, after, permissions));
  return findings.map((finding) => [finding.ruleId, finding.before, finding.after]);
}

async function refusalOf(source: string, permissions: PartPermissions = {}, stdin = ""): Promise<string> {
  const error: unknown = await diff(source, source === "-" ? "no.yaml" : source, permissions, stdin).catch(
    (cause: unknown) => cause,
  );
  return errorLine(error).replaceAll(folder, "").replaceAll(relative(process.cwd(), folder), "~");
}

/** An HTTP server of `files`; a text that starts with `->` is a redirect. */
async function serve(files: Record<string, string>): Promise<string> {
  const server = createServer((request, response) => {
    const content = files[request.url ?? ""];
    if (content?.startsWith("->")) response.writeHead(302, { location: content.slice(2) }).end();
    else response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
}

const changed = (before: string, after: string) => {
  const place = { pointer: "/properties/name/type", line: 4, column: 5 };
  return [["response-property-type-changed", { source: before, ...place }, { source: after, ...place }]];
};

beforeAll(() => {
  write({
    "old/api.yaml": documentOf("schemas/Pet%20shop.yaml"),
    "old/schemas/Pet shop.yaml": petOf("string"),
    "new/api.yaml": documentOf("schemas/Pet%20shop.yaml"),
    "new/schemas/Pet shop.yaml": petOf("integer"),
    "secret.yaml": petOf("string"),
  });
});

describe("a document that refers to files", () => {
  it("is compared with them, and every format tells the place in the file", async () => {
    const [before, after] = [join(folder, "old/api.yaml"), join(folder, "new/api.yaml")];
    const [oldPet, newPet] = [join(folder, "old/schemas/Pet shop.yaml"), join(folder, "new/schemas/Pet shop.yaml")];
    expect(await placesOf(before, after)).toEqual(changed(oldPet, newPet));
    for (const format of ["text", "markdown", "html", "junit"]) {
      const output = (await diff(before, after, {}, "", format)).replaceAll(/\s+/g, " ");
      expect(output).toContain(`${oldPet}:4 → ${newPet}:4`);
    }
    expect(await diff(before, after, {}, "", "github")).toContain(`::error file=${newPet},line=4,col=5,`);
    const [result] = JSON.parse(await diff(before, after, {}, "", "sarif")).runs[0].results;
    const uriOf = (path: string) => `file://${path.replace(" ", "%20")}`;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(uriOf(newPet));
    expect(result.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe(uriOf(oldPet));
  });

  it("names files as the document was named: relative to the working directory", async () => {
    const [before, after] = ["old", "new"].map((side) => relative(process.cwd(), join(folder, side, "api.yaml")));
    const [oldPet, newPet] = ["old", "new"].map((side) =>
      relative(process.cwd(), join(folder, side, "schemas/Pet shop.yaml")),
    );
    expect(await placesOf(before ?? "", after ?? "")).toEqual(changed(oldPet ?? "", newPet ?? ""));
  });

  it("reaches no file outside of its folder, unless --ref-root says so", async () => {
    write({ "old/up.yaml": documentOf("../secret.yaml"), "old/far.yaml": documentOf(join(folder, "secret.yaml")) });
    symlinkSync(join(folder, "secret.yaml"), join(folder, "old/link.yaml"));
    symlinkSync(folder, join(folder, "old/linked"));
    write({ "old/to-link.yaml": documentOf("link.yaml"), "old/to-linked.yaml": documentOf("linked/secret.yaml") });
    const outside = "it leads out of /old; --ref-root FOLDER allows more";
    const refused = (name: string, reference: string, reason: string) =>
      `forewarn: cannot read /old/${name}: /old/${name}:12: the reference ${reference} cannot be followed: ${reason}`;
    expect(await refusalOf(join(folder, "old/up.yaml"))).toBe(refused("up.yaml", "../secret.yaml", outside));
    expect(await refusalOf(join(folder, "old/far.yaml"))).toBe(refused("far.yaml", "/secret.yaml", outside));
    const link = "it is a link that leads out of /old; --ref-root FOLDER allows more";
    expect(await refusalOf(join(folder, "old/to-link.yaml"))).toBe(
      refused("to-link.yaml", "link.yaml", `/old/link.yaml: ${link}`),
    );
    expect(await refusalOf(join(folder, "old/to-linked.yaml"))).toBe(
      refused("to-linked.yaml", "linked/secret.yaml", `/old/linked/secret.yaml: ${link}`),
    );
    for (const name of ["up", "far", "to-link", "to-linked"]) {
      const path = join(folder, `old/${name}.yaml`);
      expect(await placesOf(path, path, { refRoot: folder })).toEqual([]);
    }
  });

  it.each([
    ["file:///etc/passwd", "a reference is a path relative to its file, or an http(s) URL"],
    ["//127.0.0.1/a.yaml", "a reference is a path relative to its file, or an http(s) URL"],
    ["http://127.0.0.1:9/a.yaml", "other servers are read with --allow-remote-refs only"],
    ["schemas", "/old/schemas: it is a folder"],
    ["gone.yaml", "/old/gone.yaml: there is no such file"],
  ])("does not follow %s", async (reference, reason) => {
    write({ "old/refused.yaml": documentOf(reference) });
    expect(await refusalOf(join(folder, "old/refused.yaml"))).toBe(
      `forewarn: cannot read /old/refused.yaml: /old/refused.yaml:12: the reference ${reference} cannot be followed: ${reason}`,
    );
  });

  it("cannot come from standard input, which has no folder", async () => {
    expect(await refusalOf("-", {}, documentOf("Pet.yaml"))).toBe(
      "forewarn: cannot read standard input: -:12: the reference Pet.yaml cannot be followed: standard input has no folder; give the document as a file",
    );
  });
});

describe("a document at a revision of git", () => {
  const git = (...line: string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=Ada", "-c", "user.email=a@example.test", "-c", "commit.gpgsign=false", ...line],
      { cwd: join(folder, "repository"), stdio: "ignore" },
    );

  it("takes its files from the same revision", async () => {
    write({
      "repository/apis/v1/api.yaml": documentOf("../shared/Pet.yaml"),
      "repository/apis/shared/Pet.yaml": petOf("string"),
      "repository/apis/v1/out.yaml": documentOf("../../../Pet.yaml"),
    });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "Pets");
    write({ "repository/apis/shared/Pet.yaml": petOf("integer") });
    git("commit", "-qam", "Numbers for names");
    const run = (before: string, after: string) =>
      spawnSync(process.execPath, [join(process.cwd(), "cli/forewarn.ts"), "diff", before, after, "--format=json"], {
        cwd: join(folder, "repository"),
        encoding: "utf8",
      });
    const { findings } = JSON.parse(run("HEAD~1:apis/v1/api.yaml", "main:./apis/v1/api.yaml").stdout);
    expect(findings.map((one: Finding) => [one.ruleId, one.before, one.after])).toEqual(
      changed("HEAD~1:apis/shared/Pet.yaml", "main:./apis/shared/Pet.yaml"),
    );
    const { stderr, status } = run("main:apis/v1/out.yaml", "main:apis/v1/api.yaml");
    expect(stderr).toBe(
      "forewarn: cannot read main:apis/v1/out.yaml: main:apis/v1/out.yaml:12: the reference ../../../Pet.yaml cannot be followed: it leads out of the repository\n",
    );
    expect(status).toBe(3);
  });
});

describe("a document at a URL", () => {
  it("takes its files from the same server, relative to where it was found in the end", async () => {
    const [before, after] = await Promise.all(
      ["string", "integer"].map((type) =>
        serve({
          "/latest": "->/v1/api.yaml",
          "/v1/api.yaml": documentOf("schemas/Pet.yaml"),
          "/v1/schemas/Pet.yaml": petOf(type),
        }),
      ),
    );
    expect(await placesOf(`${before}/latest`, `${after}/latest`)).toEqual(
      changed(`${before}/v1/schemas/Pet.yaml`, `${after}/v1/schemas/Pet.yaml`),
    );
  });

  it("leads to other servers with --allow-remote-refs only, by redirects too", async () => {
    const other = await serve({ "/Pet.yaml": petOf("string") });
    const own = await serve({
      "/direct.yaml": documentOf(`${other}/Pet.yaml`),
      "/moved.yaml": documentOf("Pet.yaml"),
      "/Pet.yaml": `->${other}/Pet.yaml`,
      "/file.yaml": documentOf("file:///etc/passwd"),
    });
    const refused = async (name: string, permissions: PartPermissions = {}) =>
      (await refusalOf(`${own}/${name}`, permissions)).replace(/^.* cannot be followed: /, "");
    expect(await refused("direct.yaml")).toBe("other servers are read with --allow-remote-refs only");
    expect(await refused("moved.yaml")).toBe(
      `${own}/Pet.yaml: it redirects to ${other}/Pet.yaml, where this document may not lead`,
    );
    expect(await refused("file.yaml", { allowRemoteRefs: true })).toBe("file: is none of http: and https:");
    for (const name of ["direct.yaml", "moved.yaml"]) {
      expect(await placesOf(`${own}/${name}`, `${own}/${name}`, { allowRemoteRefs: true })).toEqual([]);
    }
  });
});
