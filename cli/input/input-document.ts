import type { SpecModel } from "../../shared/spec/model.ts";
import type { ParsedDocument } from "../../shared/spec/parse.ts";

/** A document that was read, with the way back to its lines. */
export type InputDocument = {
  source: string;
  model: SpecModel;
  locate: ParsedDocument["locate"];
  /** The documents that it was composed of, when there are several. */
  files?: string[];
};
