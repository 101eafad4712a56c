import type { Page, PageRequest } from "../jobs/paging.ts";
import type { Lane } from "./lane.ts";
import type {
  ReusableResult,
  Session,
  SessionJob,
  SessionJobId,
  SessionJobPlace,
  StoredDocumentation,
} from "./session.ts";

/** What is stored of sessions. */
export type SessionRecords = {
  session: Session;
  job: SessionJob;
  place: SessionJobPlace;
  lane: Lane;
  documentation: StoredDocumentation;
  reuse: ReusableResult;
};

export type RecordKind = keyof SessionRecords;

/** What each kind is found by. */
export type RecordIds = {
  session: { tenantId: string; sessionId: string };
  job: SessionJobId;
  place: { tenantId: string; jobId: string };
  lane: { tenantId: string; type: string };
  documentation: { tenantId: string; sessionId: string; docId: string };
  reuse: { tenantId: string; identity: string };
};

/** A record as it was read; `version` is the store's own mark of that state. */
export type Versioned<T> = { value: T; version: unknown };

type ChangeOf<Kind extends RecordKind> = {
  kind: Kind;
  /** As it was read; absent for a record that must not be there yet. */
  before?: Versioned<SessionRecords[Kind]> | undefined;
  /** What it becomes; absent to delete it. The same value as before only checks that nobody wrote it since. */
  after?: SessionRecords[Kind];
};

export type RecordChange = { [Kind in RecordKind]: ChangeOf<Kind> }[RecordKind];

/** Records of sessions, each with a version. Reads are strongly consistent, but that of `listUnfinished`. */
export type SessionRecordStore = {
  read<Kind extends RecordKind>(kind: Kind, id: RecordIds[Kind]): Promise<Versioned<SessionRecords[Kind]> | undefined>;
  /** All of the changes or, when another writer came between, none: `false`. At most 25. */
  commit(changes: readonly RecordChange[]): Promise<boolean>;
  /** Deletes a record, whoever writes it meanwhile; harmless when it is gone. */
  remove<Kind extends "session" | "job" | "documentation">(kind: Kind, id: RecordIds[Kind]): Promise<void>;
  /** Jobs of a session that `accepts` takes, newest first. @throws InvalidCursorError */
  listJobs(
    session: RecordIds["session"],
    page: PageRequest,
    accepts?: (job: SessionJob) => boolean,
  ): Promise<Page<SessionJob>>;
  /** Jobs of all tenants that are not over, oldest first. */
  listUnfinished(page: PageRequest): Promise<Page<SessionJob>>;
  /** In the order of their ids. @throws InvalidCursorError */
  listDocumentation(session: RecordIds["session"], page: PageRequest): Promise<Page<StoredDocumentation>>;
};
