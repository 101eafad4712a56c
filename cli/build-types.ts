import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/**
 * Writes the declarations of `entry`, and of the modules whose types it shows, below `outFolder` in the folders of the
 * sources, with relative imports as `.js`. What only the code behind them needs is left out.
 * @returns the path of the entry's declarations, relative to `outFolder`
 * @throws Error with the compiler's complaints
 */
export async function buildTypes(entry: string, outFolder: string): Promise<string> {
  const declarations = emitDeclarations(entry);
  const entryPath = declarationPathOf(resolve(entry));
  const wanted = new Set([entryPath]);
  // A set grows while it is walked.
  for (const path of wanted) {
    const text = declarations.get(path);
    if (text === undefined) throw new Error(`no declarations were made for ${path}`);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith(".")) wanted.add(declarationPathOf(resolve(dirname(path), fileName)));
    }
    const target = join(outFolder, relative(process.cwd(), path));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replaceAll(/((?:from |import\()"\.{1,2}\/[^"]+)\.ts"/g, '$1.js"'));
  }
  return relative(process.cwd(), entryPath);
}

function emitDeclarations(entry: string): Map<string, string> {
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd());
  const program = ts.createProgram([entry], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: undefined,
  });
  const declarations = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (path, text) => declarations.set(resolve(path), text));
  if (diagnostics.length > 0) {
    throw new Error(
      diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n"),
    );
  }
  return declarations;
}

function declarationPathOf(path: string): string {
  return path.replace(/\.(ts|js)$/, ".d.ts");
}
