import type { ContentHash, JsonValue, SpecDialect } from "../spec/model.ts";

export type Level = "breaking" | "risky" | "safe";

export type OperationRef = { method: string; path: string };

/** Seen from the client: `request` is what it sends, `response` what it receives (webhook payloads, callbacks' bodies). */
export type Direction = "request" | "response" | "none";

/** What one edit in the document touched. */
export type CauseScope = "schema" | "parameter" | "global" | "endpoint";

/** A place in one of the two documents. */
export type SourcePlace = {
  /** File or URL of the part of a document that the place is in; absent for the document's own `source`. */
  source?: string;
  /** Pointer in that file. */
  pointer: string;
  /** 1-based; absent where the text is not at hand (stored models). */
  line?: number;
  column?: number;
};

/** One judged change. Identity across runs: `ruleId`, `operation`, `pointer` and `args`. */
export type Finding = {
  ruleId: string;
  /** What happened to the thing, the rule's action: `add`, `remove`, `change`, … */
  kind: string;
  level: Level;
  /** The rule's own level, where another one was set after judgement. */
  judgedLevel?: Level;
  /** Operations that are left out because somebody ignores the change of them. */
  ignoredOperations?: number;
  direction: Direction;
  /** The operation when exactly one is affected, else `null` and `affectedOperations` names them. */
  operation: OperationRef | null;
  /** Every operation (method, path) that the change reaches, sorted. Empty for document-wide changes. */
  affectedOperations: OperationRef[];
  /** Pointer in the new document, or in the old one for a removal. */
  pointer: string;
  before: SourcePlace | null;
  after: SourcePlace | null;
  /** One sentence, with the values in it. */
  message: string;
  args: Record<string, JsonValue>;
  causeKey: string;
};

/** One edit of the document, with everything that follows from it. */
export type Cause = {
  /** Stable across runs: hash of scope, place and edit. */
  key: string;
  scope: CauseScope;
  /** Worst level of its findings. */
  level: Level;
  /** One sentence that names the edit and its reach. */
  summary: string;
  pointer: string;
  affectedOperations: OperationRef[];
  /** Indexes into `findings`. */
  findings: number[];
};

export type Counts = { breaking: number; risky: number; safe: number; total: number; causes: number };

export type DocumentSummary = {
  title: string;
  version: string;
  dialect: SpecDialect;
  /**
   * Of stored models, where equal hashes say that nothing changed. Absent where two documents were compared, which reads no
   * more of them than differs.
   */
  rootHash?: ContentHash;
  operations: number;
  /** File name, URL or `-`; a glob or folder for an API of several documents; absent for stored models. */
  source?: string;
  /** The documents that together are the API, where there are several. */
  files?: string[];
};

/** The result of comparing two documents: also the JSON of `forewarn diff`. */
export type ChangeSet = {
  schemaVersion: 1;
  before: DocumentSummary;
  after: DocumentSummary;
  findings: Finding[];
  causes: Cause[];
  counts: Counts;
};
