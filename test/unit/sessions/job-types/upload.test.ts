import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { processUpload } from "../../../../shared/sessions/job-types/upload/upload.ts";
import { sha256 } from "../../../../shared/snapshots/sha256.ts";
import { createJobWorld } from "./job-world.ts";

const zipOf = async (files: Record<string, string | Uint8Array>): Promise<Uint8Array> => {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

/** A PDF of one page: a heading in 24 points, a line in 12. Readers mend a cross-reference table that is not there. */
const pdfOf = (heading: string, line: string): Uint8Array => {
  const content = `BT /F1 24 Tf 72 700 Td (${heading}) Tj 0 -40 Td /F1 12 Tf (${line}) Tj ET`;
  return Buffer.from(`%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj
4 0 obj <</Length ${content.length}>> stream
${content}
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R/Size 6>>
%%EOF`);
};

const upload = async (fileName: string, bytes: Uint8Array | string, contentType = "application/octet-stream") => {
  const world = createJobWorld([]);
  const body = Buffer.from(bytes);
  const bodyKey = await world.ports.bodies.put(body, contentType);
  const input = { documentationId: "d1", fileName, contentType, bodyKey, bodySha256: sha256(body) };
  const result = await world.run(processUpload, input).catch((error: Error) => `${error.name}: ${error.message}`);
  return { result, chunks: world.chunksOf("d1").map(({ content }) => content), bodyKey, stored: world.chunksOf("d1") };
};

const openApi =
  '{"openapi":"3.1.0","info":{"title":"Pets","version":"2"},"paths":{"/pets":{"get":{"summary":"List"}}}}';

test("an OpenAPI document becomes what people read of it, and keeps its text for the digester", async () => {
  const { result, chunks, bodyKey, stored } = await upload("pets.json", openApi);
  expect(result).toMatchObject({
    chunkCount: 1,
    files: [{ path: "pets.json", kind: "openapi", title: "Pets", chunks: 1 }],
  });
  expect(chunks).toEqual([
    "# Pets\n\nVersion 2, 1 operations.\n\n## pets\n\n| Method | Path | Summary |\n| --- | --- | --- |\n| GET | /pets | List |",
  ]);
  expect(stored[0]?.metadata).toMatchObject({ kind: "openapi", bodyKey });
});

test("every file of an archive is read, and what is none of ours is named", async () => {
  const zip = await zipOf({
    "docs/users.md": "# Users\n\nAll about users.",
    "docs/api.html": "<title>API</title><h1>API</h1><p>How to call it.</p>",
    "docs/logo.png": new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]),
    "__MACOSX/docs/._users.md": "x",
    "../guide.pdf": "",
  }).catch((error: Error) => error.message);
  expect(zip).toContain("invalid relative path");
  const { result } = await upload(
    "docs.zip",
    await zipOf({
      "docs/users.md": "# Users\n\nAll about users.",
      "docs/api.html": "<title>API</title><h1>API</h1><p>How to call it.</p>",
      "docs/logo.png": new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0]),
      "__MACOSX/docs/._users.md": "x",
    }),
  );
  expect(result).toMatchObject({
    fileCount: 2,
    files: [
      { path: "docs/users.md", kind: "markdown", title: "Users", chunks: 1 },
      { path: "docs/api.html", kind: "html", title: "API", chunks: 1 },
    ],
    skipped: [{ path: "docs/logo.png", reason: expect.stringContaining("is a binary file") }],
  });
});

test("a PDF's larger lines are headings", async () => {
  const { chunks } = await upload("guide.pdf", pdfOf("Users", "A user has an id."));
  expect(chunks).toEqual(["# Users\n\nA user has an id."]);
});

test("hostile files are refused in words, within their limits", async () => {
  const bomb = await zipOf({ "zeros.txt": new Uint8Array(40 * 1024 * 1024) });
  const outcomes = [
    await upload("bomb.zip", bomb),
    await upload("broken.zip", (await zipOf({ "a.md": "# A" })).subarray(0, 40)),
    await upload("broken.pdf", "%PDF-1.7\nnothing of a PDF follows"),
    await upload("packed.gz", gzipSync("text")),
    await upload("data.json", '{"rows":[1]}'),
    await upload("empty.md", ""),
  ];
  expect(outcomes.map(({ result }) => result)).toEqual([
    "UnreadableFileError: bomb.zip unpacks to more than 150 MiB, or a file in it to more than 30 MiB.",
    "UnreadableFileError: broken.zip is a zip archive that is broken.",
    "UnreadableFileError: broken.pdf is a PDF that is broken.",
    expect.stringContaining("packed.gz is a binary file"),
    "UnreadableFileError: data.json is JSON, but not an OpenAPI document.",
    "UnreadableFileError: empty.md is empty.",
  ]);
});

test("a page of 50,000 nested elements is read up to where nobody reads on", async () => {
  const { result, chunks } = await upload("deep.html", `<html><p>Before it all.</p>${"<div>".repeat(50_000)}end`);
  expect([result, chunks]).toEqual([expect.objectContaining({ chunkCount: 1 }), ["Before it all."]]);
});
