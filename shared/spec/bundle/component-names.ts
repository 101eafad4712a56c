import { splitPointer } from "../pointers.ts";
import type { PartPlace } from "./parts.ts";

/** Parts of a pointer that say where components stand and not which. */
const sectionWords = new Set(["components", "definitions", "schemas", "$defs", "properties"]);

/**
 * A name for what stands at `place`, which none of `taken` is: the last part of its pointer, else the name of its file
 * (`Pet`, of `schemas/Pet.yaml` as of `all.yaml#/components/schemas/Pet`); before it as much of the way to it as tells
 * it from the others.
 */
export function nameComponent({ part, pointer }: PartPlace, taken: ReadonlySet<string>): string {
  const folders = part.id.split(/[/\\:?]+/).filter((folder) => folder !== "" && folder !== "." && folder !== "..");
  const file = folders.pop()?.replace(/(?<=.)\.(?:ya?ml|json)$/i, "") ?? "";
  const tokens = (splitPointer(pointer) ?? []).filter((token) => token !== "");
  const own = tokens.filter((token, index) => index === tokens.length - 1 || !sectionWords.has(token));
  const words = [...folders, file, ...own];
  for (let count = 1; count <= words.length; count++) {
    const name = words.slice(-count).join("_");
    if (name !== "" && !taken.has(name)) return name;
  }
  for (let number = 2; ; number++) {
    const name = `${words.at(-1)}_${number}`;
    if (!taken.has(name)) return name;
  }
}
