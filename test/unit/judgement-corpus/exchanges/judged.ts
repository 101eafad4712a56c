import { describe, expect, it } from "vitest";
import { compareDocuments } from "../../rules/compare-documents.ts";
import { findingLines, readFindingsTables } from "../findings-tables.ts";

/** What is said of each case, each finding in all that a reader sees of it. */
const tables = readFindingsTables(new URL("findings/", import.meta.url));

export type Doc = { readonly [key: string]: unknown };
/** Parts of a document that stand in different places of it. */
export type Parts = { operation?: Doc; document?: Doc; components?: Doc };

/**
 * What changed, its two forms, and every finding that a careful engineer would report: level, rule, and the operations that
 * it reaches. No finding: the two forms mean the same. A last line counts the causes where one edit is not the only one.
 */
export type Judged<Part> = readonly [name: string, before: Part, after: Part, ...findings: string[]];

/** Tests each case: the two forms, put into the same document by `wrap`, give exactly its findings, no two read alike. */
export function judged<Part>(subject: string, wrap: (part: Part) => Doc, cases: readonly Judged<Part>[]): void {
  describe(subject, () => {
    for (const [name, before, after, ...expected] of cases) {
      it(name, () => {
        const changes = compareDocuments(wrap(before), wrap(after));
        const { findings, causes } = changes;
        const lines = findings.map(({ level, ruleId, affectedOperations }) => {
          const operations = affectedOperations.map(({ method, path }) => ` ${method} ${path}`);
          return `${level} ${ruleId}:${operations.join(",")}`;
        });
        const count = causes.length > 1 ? [`${causes.length} causes`] : [];
        expect([...lines, ...count].sort()).toEqual([...expected].sort());
        const sentences = findings.map(({ message, affectedOperations }) =>
          JSON.stringify([message, affectedOperations]),
        );
        expect(new Set(sentences).size).toBe(findings.length);
        const title = `${subject}: ${name}`;
        expect(findingLines(title, changes)).toEqual(tables.get(title) ?? []);
      });
    }
  });
}

/** A document of these paths. */
export const api = (paths: Doc, rest: Doc = {}): Doc => ({
  openapi: "3.1.0",
  info: { title: "Zoo", version: "1" },
  paths,
  ...rest,
});

export const done: Doc = { responses: { "204": { description: "Done" } } };
/** A document whose one operation is `GET /pets`. */
export const reading = (operation: Doc): Doc => api({ "/pets": { get: { ...done, ...operation } } });
/** A document whose one operation is `POST /pets`. */
export const writing = (operation: Doc): Doc => api({ "/pets": { post: { ...done, ...operation } } });
export const json = (schema: unknown): Doc => ({ "application/json": { schema } });
export const pet: Doc = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string" }, age: { type: "integer" } },
};

/** A 2.0 document whose one operation is `POST /pets`. */
export const swagger = (operation: Doc, rest: Doc = {}): Doc => ({
  swagger: "2.0",
  info: { title: "Zoo", version: "1" },
  host: "a.example.com",
  schemes: ["https"],
  paths: { "/pets": { post: { ...done, ...operation } } },
  ...rest,
});
