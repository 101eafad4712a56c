import { describe, expect, it } from "vitest";
import { renderGithub } from "../../../shared/report/github.ts";
import { renderMarkdown } from "../../../shared/report/markdown.ts";
import { isReportFormat, renderReport, reportFormats } from "../../../shared/report/render-report.ts";
import { renderText } from "../../../shared/report/text.ts";
import { changeSetOfText, noChanges, smallChangeSet } from "./change-sets.ts";

const control = String.fromCharCode(27);
/** What steers a terminal, a runner, a table or a page. */
const hostile = `a|b <script src=//x>@me \`c|<i>\` %0A:,\r\n::error::x ${control}[31m ${"\ud800"} & "q" 'p'`;

describe("a report", () => {
  it.each(reportFormats)("as %s is what renderReport gives, with one line end at its end", async (format) => {
    const report = await renderReport(smallChangeSet, format, { version: "1.2.3" });
    expect(report).toMatch(/[^\n]\n$/);
  });

  it("as JSON is the change set", async () => {
    expect(JSON.parse(await renderReport(smallChangeSet, "json", { version: "1.2.3" }))).toEqual(smallChangeSet);
  });

  it("has a format of each name and of no other", () => {
    expect([...reportFormats, "toString", "xml"].filter(isReportFormat)).toEqual([
      "text",
      "json",
      "markdown",
      "html",
      "github",
      "sarif",
      "junit",
    ]);
  });
});

describe("the report as text", () => {
  it("groups findings by cause", () => {
    expect(renderText(smallChangeSet)).toMatchInlineSnapshot(`
      "Pets 1 → Pets 2
      2 operations before, 1 after

      BREAKING  Changed the type of the request property \`tag\` of \`Pet\` from string to integer, which 2
                operations use
                - changed the type of the request property \`tag\` of \`Pet\` from string to integer
                request-property-type-changed  old.yaml:9 → api/new.yaml:12
                - changed the type of the response property \`tag\` of \`Pet\` from string to integer
                response-property-type-changed  old.yaml:9 → api/new.yaml:12
                GET /pets, POST /pets

      RISKY     Removed GET /pets
                rule-of-another-release  old.yaml:4

      3 changes from 2 edits: 2 breaking, 1 risky, 0 safe
      "
    `);
  });

  it("says nothing that steers a terminal", () => {
    expect(renderText(changeSetOfText(hostile))).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe("the report as text, in a terminal of 60 columns", () => {
  const lines = (changes: typeof smallChangeSet) => renderText(changes, { width: 60 }).split("\n");

  it("keeps every line within them, and a method with its path", () => {
    const causes = smallChangeSet.causes.map((cause) => ({
      ...cause,
      summary: `Removed what clients of it need to know, in DELETE /pets/{petId}/toys/{toyId}`,
    }));
    const source = "services/pets/api/openapi.yaml";
    const printed = lines({ ...smallChangeSet, causes, after: { ...smallChangeSet.after, source } });
    expect(printed.filter((line) => line.length > 60)).toEqual([]);
    expect(printed.slice(3, 8)).toEqual([
      "BREAKING  Removed what clients of it need to know, in",
      "          DELETE /pets/{petId}/toys/{toyId}",
      "          - changed the type of the request property `tag`",
      "          of `Pet` from string to integer",
      "          request-property-type-changed",
    ]);
  });
});

describe("the report as Markdown", () => {
  it("has a table for each level", () => {
    expect(renderMarkdown(smallChangeSet)).toMatchInlineSnapshot(`
      "## Pets 1 → Pets 2

      3 changes from 2 edits: 2 breaking, 1 risky, 0 safe

      ### Breaking

      | Change | Rule | Operations | Where |
      | --- | --- | --- | --- |
      | Changed the type of the request property \`tag\` of \`Pet\` from string to integer, which 2 operations use<br>• changed the type of the request property \`tag\` of \`Pet\` from string to integer<br>• changed the type of the response property \`tag\` of \`Pet\` from string to integer | \`request-property-type-changed\`<br>\`response-property-type-changed\` | GET /pets, POST /pets | old.yaml:9 → api/new.yaml:12 |

      ### Risky

      | Change | Rule | Operations | Where |
      | --- | --- | --- | --- |
      | Removed GET /pets | \`rule-of-another-release\` | GET /pets | old.yaml:4 |
      "
    `);
  });

  it("escapes what ends a cell, makes markup or calls a person", () => {
    expect(renderMarkdown(changeSetOfText(hostile)).split("\n")[8]).toMatchInlineSnapshot(
      `"| a\\|b &lt;script src=//x&gt;@<!-- -->me \`c\\|<i>\` %0A:, ::error::x  \\[31m � &amp; "q" 'p' | \`endpoint-added\` | GET a\\|b &lt;script src=//x&gt;@<!-- -->me \`c\\|<i>\` %0A:, ::error::x  \\[31m � &amp; "q" 'p' | a\\|b &lt;script src=//x&gt;@<!-- -->me \`c\\|<i>\` %0A:, ::error::x  \\[31m � &amp; "q" 'p':3 |"`,
    );
  });

  it("counts the rows that a comment cannot hold", () => {
    expect(renderMarkdown(smallChangeSet, { maxCharacters: 200 })).toMatchInlineSnapshot(`
      "## Pets 1 → Pets 2

      3 changes from 2 edits: 2 breaking, 1 risky, 0 safe

      _2 more edits are left out here: a comment holds no more. \`forewarn diff\` has all, worst first._
      "
    `);
  });

  it("fits whole into a comment of GitHub, whatever it has to say", () => {
    const [finding] = smallChangeSet.findings;
    const [cause] = smallChangeSet.causes;
    if (finding === undefined || cause === undefined) throw new Error("the sample has findings");
    const long = "x|".repeat(4_000);
    const entry = { rule: "endpoint-added", owner: long, reason: long, until: "2026-02-01", findings: 1 };
    const report = renderMarkdown({
      ...smallChangeSet,
      before: { ...smallChangeSet.before, title: long },
      causes: Array.from({ length: 3_000 }, (_, index) => ({ ...cause, summary: `Edit ${index}` })),
      adjustments: {
        severities: [],
        ignored: Array.from({ length: 500 }, () => entry),
        suppressed: [],
        expired: [],
        filters: { include: [], exclude: [], findings: 0 },
      },
    });
    expect(report.length).toBeLessThanOrEqual(65_000);
    expect(report.length).toBeGreaterThan(60_000);
    const rows = report.match(/^\| Edit \d+/gm)?.length ?? 0;
    expect(report).toContain(`_${3_000 - rows} more edits are left out here`);
    expect(report).toContain("- and 480 more notes");
  });

  it("says so when nothing changed", () => {
    expect(renderMarkdown(noChanges)).toMatchInlineSnapshot(`
      "## Pets 1 → Pets 2

      No changes: both documents describe the same API.
      "
    `);
  });
});

describe("the report as GitHub annotations", () => {
  it("annotates the new document, once for each cause", () => {
    expect(renderGithub(smallChangeSet)).toMatchInlineSnapshot(`
      "::error file=api/new.yaml,line=12,col=3,title=request-property-type-changed::Changed the type of the request property \`tag\` of \`Pet\` from string to integer, which 2 operations use%0A- changed the type of the request property \`tag\` of \`Pet\` from string to integer%0A- changed the type of the response property \`tag\` of \`Pet\` from string to integer%0Aold.yaml:9 → api/new.yaml:12
      ::warning file=api/new.yaml,title=rule-of-another-release::Removed GET /pets%0Aold.yaml:4
      3 changes from 2 edits: 2 breaking, 1 risky, 0 safe
      "
    `);
  });

  it("lets no text end a command or a property", () => {
    expect(renderGithub(changeSetOfText("a:b,c%\r\n::error::x"))).toMatchInlineSnapshot(`
      "::notice file=a%3Ab%2Cc%25%0D%0A%3A%3Aerror%3A%3Ax,line=3,col=1,title=endpoint-added::a:b,c%25%0D%0A::error::x%0Aa:b,c%25%0D%0A::error::x:3
      1 change from 1 edit: 0 breaking, 0 risky, 1 safe
      "
    `);
  });

  it("begins with what reaches most, since GitHub shows ten of a level, and says how many it hides", () => {
    const [wide, narrow] = smallChangeSet.causes.map((cause) => ({ ...cause, level: "risky" as const }));
    if (wide === undefined || narrow === undefined) throw new Error("the sample has two causes");
    const causes = [...Array.from({ length: 11 }, () => narrow), wide];
    const printed = renderGithub({ ...smallChangeSet, causes })
      .trimEnd()
      .split("\n");
    expect(printed.slice(0, 2).map((line) => line.split("::").at(2)?.slice(0, 12))).toEqual([
      "Changed the ",
      "Removed GET ",
    ]);
    expect(printed.at(-1)).toBe("GitHub shows the first 10 annotations of each level; 2 more edits are in this log.");
  });

  it("names no file for a document from standard input or a URL", () => {
    const after = { ...smallChangeSet.after, source: "https://example.test/openapi.json" };
    const [line] = renderGithub({ ...smallChangeSet, after }).split("::Changed");
    expect(line).toBe("::error title=request-property-type-changed");
  });
});

describe("what was done after judgement", () => {
  const entry = { rule: "endpoint-added", owner: "ada", reason: "new | fine", until: "2026-02-01" };
  const adjusted = {
    ...noChanges,
    adjustments: {
      severities: [{ rule: "endpoint-added", level: "risky" as const, findings: 1 }],
      ignored: [{ ...entry, operation: "GET /pets", findings: 2 }],
      suppressed: [],
      expired: [entry],
      filters: { include: ["tag:Pets"], exclude: ["path:/v1/*"], findings: 3 },
    },
  };
  const sentences = [
    "No changes are left.",
    "Filtered by tag:Pets, not path:/v1/*: 3 changes left out.",
    "Ignored 2 changes by endpoint-added at GET /pets (ada), until 2026-02-01: new | fine",
    "Ignored nothing by endpoint-added (ada): it expired after 2026-02-01.",
    "Set endpoint-added to risky: 1 change moved.",
  ];

  it.each(["text", "github", "html", "junit"] as const)("is said in %s", async (format) => {
    const report = await renderReport(adjusted, format, { version: "1.2.3" });
    expect(sentences.filter((sentence) => !report.includes(sentence))).toEqual([]);
  });

  it("is said in Markdown, escaped", () => {
    expect(renderMarkdown(adjusted)).toContain("until 2026-02-01: new \\| fine\n");
  });

  it.each(["json", "sarif"] as const)("is given in %s", async (format) => {
    const report = JSON.parse(await renderReport(adjusted, format, { version: "1.2.3" }));
    const { suppressed, ...others } = adjusted.adjustments;
    const told = format === "json" ? report.adjustments : report.runs[0].properties.adjustments;
    expect(told).toEqual(format === "json" ? { ...others, suppressed } : others);
  });
});
