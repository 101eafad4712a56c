import { describe, expect, it } from "vitest";
import { explainRule } from "../../../cli/commands/explain.ts";
import { listRules, type RulesArguments } from "../../../cli/commands/rules.ts";
import { errorLine, exitCodeOf } from "../../../cli/errors.ts";
import { allRules } from "../../../shared/rules/registry.ts";

const pipe = { columns: undefined, env: {} };
const list = (args: Partial<RulesArguments>) => listRules({ format: "text", ...args }, pipe);

function refusalOf(run: () => string): [number, string] | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return [exitCodeOf(error), errorLine(error)];
  }
}

describe("forewarn explain", () => {
  it("says what a rule means, with its example as a change", () => {
    expect(explainRule({ rule: "sunset-deleted", format: "text" }, pipe)).toMatchInlineSnapshot(`
      "sunset-deleted
      risky · paths · remove

      Says
        took back the sunset {sunset} while {place} stays deprecated

      Why
        Clients planned by a date that does not hold any more; the removal may come earlier.

      What to do
        Ask the owner which date holds.

      Example
          openapi: 3.1.0
          info:
            title: Pets
            version: '1'
          paths:
            /pets:
              post:
                responses:
                  '204':
                    description: Done
                deprecated: true
        -       x-sunset: '2999-01-01'
      "
    `);
  });

  it("says it as Markdown, with its example as a diff", () => {
    expect(explainRule({ rule: "sunset-deleted", format: "markdown" }, pipe)).toMatchInlineSnapshot(`
      "### \`sunset-deleted\`

      risky · paths · remove

      **Says:** took back the sunset {sunset} while {place} stays deprecated

      **Why:** Clients planned by a date that does not hold any more; the removal may come earlier.

      **What to do:** Ask the owner which date holds.

      \`\`\`diff
        openapi: 3.1.0
        info:
          title: Pets
          version: '1'
        paths:
          /pets:
            post:
              responses:
                '204':
                  description: Done
              deprecated: true
      -       x-sunset: '2999-01-01'
      \`\`\`
      "
    `);
  });

  it("gives a program the whole rule", () => {
    const rule = allRules().get("request-parameter-became-required");
    const printed = JSON.parse(explainRule({ rule: "request-parameter-became-required", format: "json" }, pipe));
    expect(printed).toEqual({ id: "request-parameter-became-required", ...rule });
  });

  it.each([...allRules().keys()])("explains %s within the width of a terminal", (rule) => {
    const text = explainRule({ rule, format: "text" }, { columns: 80, env: { NO_COLOR: "1" } });
    const [prose = ""] = text.split("\nExample\n");
    expect(prose.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    ["sunset-delted", "forewarn: there is no rule sunset-delted; did you mean sunset-deleted or sunset-added?"],
    ["xyzzy", "forewarn: there is no rule xyzzy; see forewarn rules"],
  ])("refuses %s as wrong usage", (rule, line) => {
    expect(refusalOf(() => explainRule({ rule, format: "text" }, pipe))).toEqual([2, line]);
  });

  it("refuses a format that it does not know", () => {
    expect(refusalOf(() => explainRule({ rule: "sunset-deleted", format: "yaml" }, pipe))).toEqual([
      2,
      "forewarn: --format is one of text, json, markdown, not yaml",
    ]);
  });
});

describe("forewarn rules", () => {
  it("lists the rules of an area and a level", () => {
    const ids = [...allRules()].flatMap(([id, { area, level }]) => (area === "paths" && level === "risky" ? [id] : []));
    expect(ids).toContain("sunset-deleted");
    expect(list({ area: "paths", level: "risky" }).split("\n")).toEqual([
      "paths",
      ...ids.sort().map((id) => `  risky     ${id}`),
      "",
      `${ids.length} rules; forewarn explain RULE says more`,
      "",
    ]);
  });

  it("lists every rule when it is not told which", () => {
    expect(list({}).split("\n").at(-2)).toBe(`${allRules().size} rules; forewarn explain RULE says more`);
    const ids = JSON.parse(list({ format: "json" })).map(({ id }: { id: string }) => id);
    expect(ids.sort()).toEqual([...allRules().keys()].sort());
  });

  it("lists the rules of what clients send, as a table for a page", () => {
    const rows = list({ area: "requestBody", level: "breaking", direction: "request", format: "markdown" }).split("\n");
    const wanted = [...allRules()].filter(
      ([, { area, level, direction }]) => area === "requestBody" && level === "breaking" && direction === "request",
    );
    expect(rows.slice(0, 4)).toEqual([
      "## requestBody",
      "",
      "| Rule | Level | Direction | Says | What to do |",
      "|---|---|---|---|---|",
    ]);
    expect(
      rows.slice(4, -1).map((row) => /^\| `([a-z-]+)` \| breaking \| request \| .+ \| .+ \|$/.exec(row)?.[1]),
    ).toEqual(wanted.map(([id]) => id).sort());
  });

  it("gives a program everything but the examples", () => {
    const [first] = JSON.parse(list({ format: "json", area: "paths" }));
    expect(Object.keys(first)).toEqual([
      "id",
      "level",
      "direction",
      "area",
      "kind",
      "action",
      "message",
      "why",
      "migration",
    ]);
  });

  it.each<[Partial<RulesArguments>, RegExp]>([
    [{ format: "xml" }, /^forewarn: --format is one of text, json, markdown, not xml$/],
    [{ direction: "up" }, /^forewarn: --direction is one of request, response, none, not up$/],
    [{ level: "bad" }, /^forewarn: --level is one of breaking, risky, safe, not bad$/],
    [{ area: "moon" }, /^forewarn: --area is one of components, headers, .*webhooks, not moon$/],
  ])("refuses %j as wrong usage", (args, line) => {
    expect(refusalOf(() => list(args))).toEqual([2, expect.stringMatching(line)]);
  });
});
