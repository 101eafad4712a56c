import type { ComparedSide } from "../../shared/rules/compare-documents.ts";
import type { ParsedDocument } from "../../shared/spec/parse.ts";

/** A document that was read, with the way back to its lines; several that were composed are a model already. */
export type InputDocument = ComparedSide & {
  source: string;
  locate: ParsedDocument["locate"];
  /** The documents that it was composed of, when there are several. */
  files?: string[];
};
