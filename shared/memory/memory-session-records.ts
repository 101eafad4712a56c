import type { RecordChange, RecordIds, RecordKind, SessionRecordStore, SessionRecords } from "../sessions/records.ts";
import { isOver, type SessionJob, type StoredDocumentation } from "../sessions/session.ts";
import { pageOf, storedCopy } from "./stored.ts";
import { tenantKey } from "./sync-state.ts";

type Stored<T> = { value: T; version: number };
type Tables = { [Kind in RecordKind]: Map<string, Stored<SessionRecords[Kind]>> };

const keyOf: { [Kind in RecordKind]: (id: RecordIds[Kind]) => string } = {
  session: ({ tenantId, sessionId }) => tenantKey(tenantId, sessionId),
  job: ({ tenantId, sessionId, jobId }) => tenantKey(tenantId, sessionId, jobId),
  place: ({ tenantId, jobId }) => tenantKey(tenantId, jobId),
  lane: ({ tenantId, type }) => tenantKey(tenantId, type),
  documentation: ({ tenantId, sessionId, docId }) => tenantKey(tenantId, sessionId, docId),
  reuse: ({ tenantId, identity }) => tenantKey(tenantId, identity),
};

/** Which record a change is about. */
const keyOfChange = (change: RecordChange): string => {
  switch (change.kind) {
    case "session": {
      const { tenantId = "", id = "" } = change.after ?? change.before?.value ?? {};
      return keyOf.session({ tenantId, sessionId: id });
    }
    case "job": {
      const { tenantId = "", sessionId = "", id = "" } = change.after ?? change.before?.value ?? {};
      return keyOf.job({ tenantId, sessionId, jobId: id });
    }
    case "place": {
      const { tenantId = "", jobId = "" } = change.after ?? change.before?.value ?? {};
      return keyOf.place({ tenantId, jobId });
    }
    case "lane": {
      const { tenantId = "", type = "" } = change.after ?? change.before?.value ?? {};
      return keyOf.lane({ tenantId, type });
    }
    case "documentation": {
      const { tenantId = "", sessionId = "", docId = "" } = change.after ?? change.before?.value ?? {};
      return keyOf.documentation({ tenantId, sessionId, docId });
    }
    case "reuse": {
      const { tenantId = "", identity = "" } = change.after ?? change.before?.value ?? {};
      return keyOf.reuse({ tenantId, identity });
    }
  }
};

/** Records of sessions in memory: a commit is one synchronous step. */
export const memorySessionRecords = (): SessionRecordStore => {
  const tables: Tables = {
    session: new Map(),
    job: new Map(),
    place: new Map(),
    lane: new Map(),
    documentation: new Map(),
    reuse: new Map(),
  };

  const put = <Kind extends RecordKind>(kind: Kind, key: string, value: SessionRecords[Kind] | undefined): void => {
    const table: Map<string, Stored<SessionRecords[Kind]>> = tables[kind];
    const version = (table.get(key)?.version ?? 0) + 1;
    if (value === undefined) table.delete(key);
    else table.set(key, { value: storedCopy(value), version });
  };

  const isCurrent = (change: RecordChange): boolean =>
    tables[change.kind].get(keyOfChange(change))?.version === change.before?.version;

  return {
    async read(kind, id) {
      const table: Map<string, Stored<SessionRecords[typeof kind]>> = tables[kind];
      const found = table.get(keyOf[kind](id));
      return found === undefined ? undefined : storedCopy(found);
    },

    async commit(changes) {
      if (!changes.every(isCurrent)) return false;
      for (const change of changes)
        if (change.after !== change.before?.value) put(change.kind, keyOfChange(change), change.after);
      return true;
    },

    async remove(kind, id) {
      tables[kind].delete(keyOf[kind](id));
    },

    async listJobs({ tenantId, sessionId }, page, accepts = () => true) {
      const own = (job: SessionJob) => job.tenantId === tenantId && job.sessionId === sessionId && accepts(job);
      const jobs = [...tables.job.values()].map(({ value }) => value).filter(own);
      return pageOf(`sessionJobs/${tenantId}/${sessionId}`, jobs, ({ id }) => id, page);
    },

    async listUnfinished(page) {
      const jobs = [...tables.job.values()].map(({ value }) => value).filter((job) => !isOver(job));
      return pageOf("unfinishedSessionJobs", jobs, ({ id }) => id, page, "oldestFirst");
    },

    async listDocumentation({ tenantId, sessionId }, page) {
      const own = (one: StoredDocumentation) => one.tenantId === tenantId && one.sessionId === sessionId;
      const documents = [...tables.documentation.values()].map(({ value }) => value).filter(own);
      return pageOf(`documentation/${tenantId}/${sessionId}`, documents, ({ docId }) => docId, page, "oldestFirst");
    },
  };
};
