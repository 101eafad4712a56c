import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { type Choose, shuffled } from "./chooser.ts";
import { pointerOf, reachablePlaces } from "./document-places.ts";

/** A real document of the fixtures, such as `stripe-adj/old`. */
export function readRealDocument(name: string): JsonObject {
  const path = new URL(`../../fixtures/specs/${name}.json.gz`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(path)).toString("utf8"));
}

/** `document` with `count` of its paths, and of its components those that these use. */
export function cutDocument(document: JsonObject, count: number, choose: Choose): JsonObject {
  const paths = isJsonObject(document.paths) ? document.paths : {};
  const kept = shuffled(Object.keys(paths), choose).slice(0, count);
  const cut: JsonObject = { ...document, paths: Object.fromEntries(kept.map((path) => [path, paths[path] ?? null])) };
  const used = new Set(reachablePlaces(cut).map(pointerOf));
  const components = isJsonObject(document.components) ? document.components : {};
  const sections = Object.entries(components).map(([section, members]): [string, JsonValue] => {
    const isUsed = (name: string) =>
      section === "securitySchemes" || used.has(pointerOf({ path: ["components", section, name] }));
    return [section, Object.fromEntries(Object.entries(members ?? {}).filter(([name]) => isUsed(name)))];
  });
  return JSON.parse(JSON.stringify({ ...cut, components: Object.fromEntries(sections) }));
}
