import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Lets esbuild drop what is not used of an SDK client's schemas. They write the keys of their traits as `[_hH]: 1` with
 * `const _hH = "httpHeader"`; a computed key may have side effects, so esbuild keeps every schema that has one: 68 KB of
 * S3's, for three operations. Here the key becomes the text that it stands for.
 */
export const droppableSchemas: Plugin = {
  name: "droppable-schemas",
  setup(build) {
    build.onLoad(
      { filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ },
      async ({ path }) => ({
        contents: withPlainKeys(await readFile(path, "utf8")),
        loader: "js",
      }),
    );
  },
};

/**
 * Replaces computed keys that are constants of the same file by their text.
 * @example withPlainKeys('const _h = "http";\nexport var a = { [_h]: 1 };') // '…export var a = { "http": 1 };'
 */
export function withPlainKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name, text]) => [name, text]),
  );
  return source.replace(/\[(\w+)\]:/g, (key, name: string) => {
    const text = constants.get(name);
    return text === undefined ? key : `${text}:`;
  });
}
