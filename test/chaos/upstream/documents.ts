import { dump } from "js-yaml";
import { sha256 } from "../../../shared/snapshots/sha256.ts";

/** How the documents of one dependency follow each other. */
export type Course = "editing" | "alternating" | "growing";

/** One version of a document, in the forms in which it may be served. All of them mean the same. */
export type DocumentVersion = {
  /** The same for the same content: an alternating course has two. */
  version: number;
  plain: Uint8Array;
  /** In another order, in YAML. */
  rewritten: Uint8Array;
  etag: string;
};

const growthPerStep = 12;

const ok = (schema: unknown) => ({ "200": { description: "ok", content: { "application/json": { schema } } } });

const contentOf = (dependency: number, step: number, course: Course): object => {
  const operations = 3 + (course === "growing" ? step * growthPerStep : 0);
  const paths: Record<string, unknown> = {};
  for (let index = 0; index < operations; index += 1)
    paths[`/things/${index}/{id}`] = {
      get: {
        operationId: `getThing${index}`,
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          // Raised by each step, so that no two versions of a course mean the same.
          ...(index === 0 ? [{ name: "limit", in: "query", schema: { type: "integer", maximum: 100 + step } }] : []),
        ],
        responses: ok({ $ref: "#/components/schemas/Thing" }),
      },
    };
  if (step % 3 === 1) paths["/seasonal"] = { get: { operationId: "getSeasonal", responses: ok({ type: "string" }) } };
  const properties = { id: { type: "string" }, ...(step % 2 === 0 ? { name: { type: "string" } } : {}) };
  return {
    openapi: "3.0.3",
    info: { title: `Chaos ${dependency}`, version: `${step}` },
    paths,
    components: { schemas: { Thing: { type: "object", required: Object.keys(properties), properties } } },
  };
};

/** The document of a dependency (by its number) at a step of its course, from 0. */
export const documentAt = (dependency: number, step: number, course: Course): DocumentVersion => {
  const version = course === "alternating" ? step % 2 : step;
  const content = contentOf(dependency, version, course);
  const plain = Buffer.from(JSON.stringify(content));
  const reversed = Object.fromEntries(Object.entries(content).reverse());
  return { version, plain, rewritten: Buffer.from(dump(reversed)), etag: `"${sha256(plain).slice(0, 16)}"` };
};
