/** Forewarn as a library: what `import … from "forewarn"` gives. Nothing here knows of AWS, the network or the disk. */

export type {
  Cause,
  CauseScope,
  ChangeSet,
  Counts,
  Direction,
  DocumentSummary,
  Finding,
  Level,
  OperationRef,
  SourcePlace,
} from "../../shared/diff/change-set.ts";
export { AppError } from "../../shared/errors.ts";
export {
  type ReportFormat,
  type ReportOptions,
  renderReport,
  reportFormats,
} from "../../shared/report/render-report.ts";
export type {
  AdjustedChangeSet,
  AdjustmentContext,
  AdjustmentRequest,
  Adjustments,
  IgnoreEntry,
  OperationFilter,
} from "../../shared/rules/adjust-change-set.ts";
export { adjustChangeSet } from "../../shared/rules/adjust-change-set.ts";
export {
  DocumentTooComplexError,
  InvalidDocumentError,
  UnsupportedDocumentError,
} from "../../shared/spec/errors.ts";
export { type CompareDocumentsOptions, compare, type DocumentInput } from "./compare.ts";
