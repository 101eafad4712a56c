import { chmod, readFile, rm } from "node:fs/promises";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { buildTypes } from "./build-types.ts";

const commandFolder = "dist/cli";
const libraryFolder = "dist/lib";

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

/** What the command line and the library have in common. */
const common: BuildOptions = {
  bundle: true,
  // One chunk a command or format: `diff` starts without the code of the others.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  minify: true,
  // Errors are told apart by name.
  keepNames: true,
  legalComments: "none",
};

await rm(commandFolder, { recursive: true, force: true });
await rm(libraryFolder, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { forewarn: "cli/forewarn.ts" },
  outdir: commandFolder,
  plugins: [versionOnly],
  banner: { js: requireShim },
});
await chmod(`${commandFolder}/forewarn.mjs`, 0o755);
await build({ ...common, entryPoints: { forewarn: "cli/library/forewarn.ts" }, outdir: libraryFolder });
await buildTypes("cli/library/forewarn.ts", `${libraryFolder}/types`);
