import type { IndexName } from "../../shared/aws/table-definition.ts";
import type { SyncStage } from "../../shared/jobs/job.ts";
import type { BodyAccess, TableAction } from "./access.ts";

/** What a stage's function may have and do. */
export type StageProfile = {
  /** Shown in the Lambda console. */
  description: string;
  memoryMib: number;
  table: readonly TableAction[];
  /** @default none */
  indexes?: readonly IndexName[];
  bodies: BodyAccess;
};

/** Every stage reads its job and dependency, and claims, renews, checkpoints, fails or cancels the job. */
const jobActions = ["GetItem", "UpdateItem"] as const satisfies readonly TableAction[];

/** The limit that an 11 MB document has to fit in, model and text together. */
const documentMemoryMib = 1024;
const plainMemoryMib = 512;

/** The rights of each stage: what its file in `shared/pipeline/stages/` does, and nothing else. */
export const stageProfiles: Readonly<Record<SyncStage, StageProfile>> = {
  fetch: {
    description: "Fetches the document, guarded, and stores its bytes",
    memoryMib: documentMemoryMib,
    table: jobActions,
    bodies: { read: ["uploads"], write: ["bodies"] },
  },
  parse: {
    description: "Reads the document as JSON or YAML and tells what it is",
    memoryMib: documentMemoryMib,
    table: jobActions,
    bodies: { read: ["bodies"] },
  },
  normalize: {
    description: "Makes the canonical model of the document",
    memoryMib: documentMemoryMib,
    table: jobActions,
    bodies: { read: ["bodies"], write: ["models", "operations"] },
  },
  snapshot: {
    description: "Writes the immutable snapshot, unless nothing changed",
    memoryMib: plainMemoryMib,
    table: [...jobActions, "Query", "PutItem"],
    bodies: {},
  },
  diff: {
    description: "Compares the snapshot with the one before and judges the differences",
    memoryMib: documentMemoryMib,
    table: [...jobActions, "PutItem"],
    // A model of an older release is made anew from its body.
    bodies: { read: ["models", "bodies", "change-sets"], write: ["change-sets"] },
  },
  persist: {
    description: "Writes the change events, once each",
    memoryMib: plainMemoryMib,
    table: [...jobActions, "PutItem"],
    bodies: { read: ["change-sets"] },
  },
  alert: {
    description: "Plans the deliveries and queues them",
    memoryMib: plainMemoryMib,
    table: [...jobActions, "Query", "PutItem"],
    bodies: { read: ["change-sets", "operations"] },
  },
  notify: {
    description: "Hands the changes of a provider surface to its subscribers",
    memoryMib: plainMemoryMib,
    table: [...jobActions, "BatchGetItem", "Query", "PutItem"],
    indexes: ["GSI1"], // the subscribers
    bodies: { read: ["change-sets", "operations"] },
  },
  done: {
    description: "Finishes the job and moves the dependency to its new snapshot",
    memoryMib: plainMemoryMib,
    table: jobActions,
    bodies: {},
  },
};
