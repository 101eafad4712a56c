import { createHash } from "node:crypto";
import { Window } from "happy-dom";
import { describe, expect, it } from "vitest";
import type { ChangeSet, Finding } from "../../../shared/diff/change-set.ts";
import { renderHtml } from "../../../shared/report/html.ts";
import { htmlScript } from "../../../shared/report/html-script.ts";
import { htmlStyle } from "../../../shared/report/html-style.ts";
import { changeSetOfText, noChanges, smallChangeSet } from "./change-sets.ts";

const hostile = `<script>alert(1)</script> & "q" 'a' | \` \u0000 \ud800 ]]> <!--`;

const parse = (page: string) => {
  const window = new Window();
  window.document.write(page);
  return window;
};

/** The page as a browser has it once its script has run. */
const openPage = (changes: ChangeSet, hash = "") => {
  const window = parse(renderHtml(changes));
  const { document } = window;
  const scrolledTo: string[] = [];
  for (const element of document.querySelectorAll("details")) {
    element.scrollIntoView = () => scrolledTo.push(element.id);
  }
  // What a browser's window has under these names.
  const run = new Function("document", "location", "addEventListener", "setTimeout", "clearTimeout", htmlScript);
  run(
    document,
    { hash },
    () => undefined,
    (after: () => void) => after(),
    () => undefined,
  );
  const find = (selector: string) => {
    const found = document.querySelector(selector);
    if (found === null) throw new Error(`the page has no ${selector}`);
    return found;
  };
  const shownEdits = () =>
    [...document.querySelectorAll("details.cause")]
      .filter((element) => !element.hasAttribute("hidden"))
      .map((element) => element.querySelector(".says")?.textContent);
  return {
    find,
    shownEdits,
    scrolledTo,
    search(words: string) {
      Object.assign(find("#words"), { value: words });
      find("#words").dispatchEvent(new window.Event("input"));
    },
    toggle(level: string) {
      const box = find(`#filter input[value=${level}]`);
      Object.assign(box, { checked: !box.matches(":checked") });
      box.dispatchEvent(new window.Event("change"));
    },
  };
};

describe("the report as a page", () => {
  it("groups by level and cause, and needs nothing from elsewhere", () => {
    const page = renderHtml(smallChangeSet);
    const [, main] = /<main id="changes">\n(.*)<\/main>/s.exec(page) ?? [];
    expect(main).toMatchInlineSnapshot(`
      "<section id="breaking" class="level" aria-labelledby="heading-breaking">
      <h2 id="heading-breaking">Breaking <span class="quiet">1 edit</span></h2>
      <details class="cause breaking" id="edit-00000000000000aa" data-level="breaking" open>
      <summary><span class="says">Changed the type of the request property <code>tag</code> of <code>Pet</code> from string to integer, which 2 operations use</span> <span class="reach">2 operations</span></summary>
      <ul class="findings">
      <li><p>changed the type of the request property <code>tag</code> of <code>Pet</code> from string to integer</p><code class="rule breaking">request-property-type-changed</code> <span class="quiet">old.yaml:9 → api/new.yaml:12</span>
      <div class="values"><del><span class="sign">before</span> <code>string</code></del><ins><span class="sign">after</span> <code>integer</code></ins></div>
      <p class="quiet"><code>/components/schemas/Pet/properties/tag/type</code></p></li>
      <li><p>changed the type of the response property <code>tag</code> of <code>Pet</code> from string to integer</p><code class="rule breaking">response-property-type-changed</code> <span class="quiet">old.yaml:9 → api/new.yaml:12</span>
      <div class="values"><del><span class="sign">before</span> <code>string</code></del><ins><span class="sign">after</span> <code>integer</code></ins></div>
      <p class="quiet"><code>/components/schemas/Pet/properties/tag/type</code></p></li>
      </ul>
      <ul class="operations"><li><code><b class="method">GET</b> /pets</code></li><li><code><b class="method">POST</b> /pets</code></li></ul>
      <a class="self" href="#edit-00000000000000aa">Link</a></details>
      </section>
      <section id="risky" class="level" aria-labelledby="heading-risky">
      <h2 id="heading-risky">Risky <span class="quiet">1 edit</span></h2>
      <details class="cause risky" id="edit-00000000000000bb" data-level="risky" open>
      <summary><span class="says">Removed GET /pets</span> <span class="reach">1 operation</span></summary>
      <ul class="findings">
      <li><code class="rule risky">rule-of-another-release</code> <span class="quiet">old.yaml:4</span>
      <p class="quiet"><code>/paths/~1pets/get</code></p></li>
      </ul>
      <ul class="operations"><li><code><b class="method">GET</b> /pets</code></li></ul>
      <a class="self" href="#edit-00000000000000bb">Link</a></details>
      </section>
      "
    `);
    expect(page).not.toMatch(/<(link|img|iframe)|url\(|@import|https?:/i);
  });

  it("names the documents, how much changed and where each level begins", () => {
    const [header] = /<header>.*<\/header>/s.exec(renderHtml(smallChangeSet)) ?? [];
    expect(header).toMatchInlineSnapshot(`
      "<header>
      <h1>Pets <span class="version">1 <span class="arrow">→</span> 2</span></h1>
      <p class="quiet"><code>old.yaml</code>, 2 operations → <code>api/new.yaml</code>, 1 operation</p>
      <p>3 changes from 2 edits: 2 breaking, 1 risky, 0 safe</p>
      <nav aria-label="Levels"><a class="tile breaking" href="#breaking"><b>2</b> breaking</a><a class="tile risky" href="#risky"><b>1</b> risky</a><span class="tile none"><b>0</b> safe</span></nav>
      </header>"
    `);
  });

  it("allows itself its own script and no other", () => {
    const page = renderHtml(smallChangeSet);
    const [, script = ""] = /<script>(.*)<\/script>/s.exec(page) ?? [];
    const hash = createHash("sha256").update(script).digest("base64");
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it("lets no text become markup", () => {
    const page = renderHtml(changeSetOfText(`${hostile}</title></style>`))
      .replace(htmlScript, "")
      .replace(htmlStyle, "");
    const { document } = parse(page);
    const allowed = new Set(
      "HTML HEAD META TITLE STYLE BODY HEADER H1 H2 SPAN P CODE NAV A B MAIN SECTION DETAILS SUMMARY UL LI DIV INS DEL FOOTER FORM INPUT FIELDSET LEGEND LABEL BUTTON OUTPUT SCRIPT".split(
        " ",
      ),
    );
    const tags = [...document.querySelectorAll("*")].map(({ tagName }) => tagName.toUpperCase());
    expect(tags.filter((tag) => !allowed.has(tag))).toEqual([]);
    expect(page.match(/<\/?(title|style|script)>/g)).toEqual([
      "<title>",
      "</title>",
      "<style>",
      "</style>",
      "<script>",
      "</script>",
    ]);
  });

  it("shows what was there before and what is there now", () => {
    const valuesOf = (kind: string, args: Finding["args"]) => {
      const findings = smallChangeSet.findings.slice(0, 1).map((finding) => ({ ...finding, kind, args }));
      const causes = smallChangeSet.causes.slice(0, 1).map((cause) => ({ ...cause, findings: [0] }));
      const { document } = parse(renderHtml({ ...smallChangeSet, findings, causes }));
      return [...document.querySelectorAll(".values > *")].map((row) => `${row.tagName} ${row.textContent}`);
    };
    expect(valuesOf("change", { before: 1521, after: 5 })).toEqual(["DEL before 1521", "INS after 5"]);
    expect(valuesOf("add", { values: ["a", 2] })).toEqual(["INS added a, 2"]);
    expect(valuesOf("remove", { pattern: "^<a>$" })).toEqual(["DEL removed ^<a>$"]);
    expect(valuesOf("set", { value: 1 })).toEqual([]);
  });

  it("writes a long list of operations once, however many edits reach it", () => {
    const affectedOperations = Array.from({ length: 400 }, (_, index) => ({ method: "GET", path: `/things/${index}` }));
    const page = renderHtml({
      ...smallChangeSet,
      causes: smallChangeSet.causes.map((cause) => ({ ...cause, affectedOperations })),
    });
    expect(page.match(/\/things\/7</g)).toHaveLength(1);
    expect(page.match(/href="#operations-1">400 operations</g)).toHaveLength(2);
  });

  it("says that nothing changed, and offers no filter then", () => {
    const page = renderHtml(noChanges);
    expect(page).toContain("No changes: both documents describe the same API.");
    expect(page).not.toContain('<form id="filter"');
    expect(() => openPage(noChanges)).not.toThrow();
  });
});

describe("the page's filter", () => {
  const [type, removal] = smallChangeSet.causes.map(({ summary }) => summary.replaceAll("`", ""));

  it("is there once the script runs, and hides nothing at first", () => {
    const page = openPage(smallChangeSet);
    expect([page.find("#filter").hasAttribute("hidden"), page.shownEdits(), page.find("#shown").textContent]).toEqual([
      false,
      [type, removal],
      "",
    ]);
  });

  it("shows the edits that have every word: of the text, the rule, the place or an operation", () => {
    const page = openPage(smallChangeSet);
    for (const [words, shown] of [
      ["STRING integer", [type]],
      ["request-property-type", [type]],
      ["new.yaml:12", [type]],
      ["post /pets", [type]],
      ["/pets", [type, removal]],
      ["removed string", []],
    ] as const) {
      page.search(words);
      expect(page.shownEdits(), words).toEqual(shown);
    }
    expect(page.find("#shown").textContent).toBe("0 of 2 edits");
    expect(page.find("#breaking").hasAttribute("hidden")).toBe(true);
  });

  it("finds the operations of a list that stands at the end of the page", () => {
    const affectedOperations = Array.from({ length: 40 }, (_, index) => ({ method: "GET", path: `/things/${index}` }));
    const causes = smallChangeSet.causes.map((cause, index) =>
      index === 0 ? { ...cause, affectedOperations } : cause,
    );
    const page = openPage({ ...smallChangeSet, causes });
    page.search("/things/33");
    expect(page.shownEdits()).toEqual([type]);
  });

  it("leaves out a level", () => {
    const page = openPage(smallChangeSet);
    page.toggle("breaking");
    expect(page.shownEdits()).toEqual([removal]);
  });

  it("opens the edit that the address names", () => {
    const [, safe] = smallChangeSet.causes.map(({ key }) => `edit-${key}`);
    const closed = {
      ...smallChangeSet,
      causes: smallChangeSet.causes.map((cause) => ({ ...cause, level: "safe" as const })),
    };
    const page = openPage(closed, `#${safe}`);
    expect([page.find(`#${safe}`).hasAttribute("open"), page.scrolledTo]).toEqual([true, [safe]]);
  });
});
