import type { JsonValue } from "../model.ts";

/** A component that a conduit leads to. */
export type Lead = {
  name: string;
  /** Whether its values stand inside those of the conduit; else they are the same values, as with an alternative. */
  isInside: boolean;
};

/** A body of an operation that leads on as a conduit does. */
export type ConduitBody = {
  part: "request" | "response";
  /** Of the response. */
  status?: string;
  mediaType: string;
  /** Whether its schema is no more than a reference to the one that it leads to. */
  isReference: boolean;
  leads: Lead[];
};

/** What of one document has to be read in order to compare it with the other. */
export type Slice = {
  /** Every container to read: what may not mean the same in the other document, save for conduits. */
  changed: Set<JsonValue>;
  /** Those of them that are written alike in the other document. */
  alike: Set<JsonValue>;
  /** Schema components that are conduits, as written, to the hash that they go by. */
  conduits: Map<JsonValue, string>;
  /** Operations of which only the name and labels are read, as written, with what they lead to. */
  conduitOperations: Map<JsonValue, ConduitBody[]>;
  /** The path items to read; the others mean the same in both documents. */
  paths: JsonValue | undefined;
  webhooks: JsonValue | undefined;
  /** Places of schemas to read though nothing that is read may lead to them. */
  alsoRead: string[];
  /** Operations under the paths that are left out. */
  operationsLeftOut: number;
};

export type Slices = {
  before: Slice;
  after: Slice;
  /** What conduits lead to, by their place. */
  leads: ReadonlyMap<string, Lead[]>;
  /** Adds what stands at these places of either document, and all that it leads to. */
  readMore(pointers: readonly string[]): void;
};
