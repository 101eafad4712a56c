/** What a document may cost. Each limit ends in a `DocumentTooComplexError` that names it. */
export type ParseLimits = {
  /** Bytes of the document as it came. @default 67108864 (64 MiB; the largest public documents are about 13 MB) */
  maxBytes: number;
  /** Nesting of objects and arrays. @default 1000 (real documents stay below 60) */
  maxDepth: number;
  /** YAML `*alias` nodes. @default 20000 */
  maxAliases: number;
  /** Values in the document after every YAML alias is followed. @default 5000000 (11 MB of JSON hold 226,000) */
  maxNodes: number;
  /** Keys that are written twice in one JSON object are found and reported; costs about half of JSON.parse. @default true */
  findDuplicateKeys: boolean;
};

export const defaultParseLimits: ParseLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 1000,
  maxAliases: 20_000,
  maxNodes: 5_000_000,
  findDuplicateKeys: true,
};
