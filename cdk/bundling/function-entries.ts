/** Entry point of every function, from the project's folder. Each exports `handler`. */
export const functionEntries = [
  "lambdas/api/handler.ts",
  "lambdas/api/diff-handler.ts",
  "lambdas/api/search-handler.ts",
  "lambdas/api/dead-letters-handler.ts",
  "lambdas/api/authorizer.ts",
  "lambdas/stages/fetch.ts",
  "lambdas/stages/parse.ts",
  "lambdas/stages/normalize.ts",
  "lambdas/stages/snapshot.ts",
  "lambdas/stages/diff.ts",
  "lambdas/stages/persist.ts",
  "lambdas/stages/alert.ts",
  "lambdas/stages/notify.ts",
  "lambdas/stages/done.ts",
  "lambdas/stages/settle.ts",
  "lambdas/checks/check.ts",
  "lambdas/deliveries/deliver.ts",
  "lambdas/embeddings/embed.ts",
  "lambdas/embeddings/embedder.ts",
  "lambdas/schedule/orchestrate.ts",
  "lambdas/sessions/api.ts",
  "lambdas/sessions/run-job.ts",
  "lambdas/sessions/settle.ts",
] as const;

/** Those whose dynamic imports are files of their own, read when they are needed: the readers of PDF, zip and HTML. */
export const entriesInParts: readonly FunctionEntry[] = ["lambdas/sessions/api.ts", "lambdas/sessions/run-job.ts"];

export type FunctionEntry = (typeof functionEntries)[number];

/**
 * Folder of a function's bundle, below that of all bundles.
 * @example bundleFolder("lambdas/stages/fetch.ts") // "lambdas/stages/fetch"
 */
export const bundleFolder = (entry: FunctionEntry): string => entry.replace(/\.ts$/, "");
