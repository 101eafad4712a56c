import { chmod, readFile, rm } from "node:fs/promises";
import { build, type Plugin } from "esbuild";

const folder = "dist/cli";

// Dependencies written as CommonJS call `require` for Node's own modules, which an ES module does not have.
const requireShim =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

/** The command line shows the version and nothing else of `package.json`. */
const versionOnly: Plugin = {
  name: "version-only",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

await rm(folder, { recursive: true, force: true });
await build({
  entryPoints: { forewarn: "cli/forewarn.ts" },
  outdir: folder,
  bundle: true,
  // One chunk a command: `diff` starts without the code of the others.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  plugins: [versionOnly],
  banner: { js: requireShim },
  minify: true,
  // Errors are told apart by name.
  keepNames: true,
  legalComments: "none",
});
await chmod(`${folder}/forewarn.mjs`, 0o755);
