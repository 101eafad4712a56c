import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import * as z from "zod";

const schemaFile = /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;
const packageFile = /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

/** Leaves out of the bundles what the SDK's clients carry along but never use. */
export const sdkTrimming: Plugin = {
  name: "sdk-trimming",
  setup(build) {
    build.onLoad({ filter: schemaFile }, async ({ path }) => ({
      contents: withPlainKeys(await readFile(path, "utf8")),
      loader: "js",
    }));
    build.onLoad({ filter: packageFile }, async ({ path }) => ({
      contents: versionOnly(await readFile(path, "utf8")),
      loader: "json",
    }));
  },
};

/**
 * Replaces computed keys that are constants of the same file by their text. A schema writes its traits as `[_hH]: 1`
 * with `const _hH = "httpHeader"`; a computed key may have side effects, so esbuild would keep every schema that has
 * one: 68 KB of S3's, for three operations.
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

/** A client imports its whole package.json to tell its version in the user agent. */
export const versionOnly = (packageJson: string): string =>
  JSON.stringify(z.object({ version: z.string() }).parse(JSON.parse(packageJson)));
