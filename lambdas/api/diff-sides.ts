import type * as z from "zod";
import type { diffBody } from "../../shared/contracts/api/diff.ts";
import { maxDiffDocumentBytes } from "../../shared/contracts/api/diff.ts";
import type { DependencyStore } from "../../shared/dependencies/ports.ts";
import { AppError } from "../../shared/errors.ts";
import { NotFoundError } from "../../shared/jobs/errors.ts";
import { type AddressPolicy, assertFetchableUrl, urlForMessage } from "../../shared/net/address-guard.ts";
import type { GuardedFetch } from "../../shared/net/guarded-fetch.ts";
import { assertLooksLikeDocument } from "../../shared/net/sniff-document.ts";
import { readModel } from "../../shared/pipeline/stored-models.ts";
import { asSeen, snapshotOwner } from "../../shared/providers/followed.ts";
import type { ComparedSide } from "../../shared/rules/compare-documents.ts";
import type { Locate } from "../../shared/rules/compare-models.ts";
import type { BodyStore, SnapshotStore } from "../../shared/snapshots/ports.ts";
import { type ParsedDocument, parseDocument } from "../../shared/spec/parse.ts";
import { DocumentRefusedError } from "./errors.ts";

export type SideName = "before" | "after";
type SideRequest = z.output<typeof diffBody>["before"];

export type SidePorts = {
  dependencies: Pick<DependencyStore, "get">;
  snapshots: Pick<SnapshotStore, "get">;
  bodies: Pick<BodyStore, "get">;
  fetch: GuardedFetch;
  addressPolicy: AddressPolicy;
};

/** One document of a comparison. */
export type Side = ComparedSide & {
  /** What to answer when the comparison finds something wrong with it. */
  refuse(error: unknown): unknown;
  /** What the report calls it. */
  source?: string;
  /** Lines of the text, where there is one that the caller knows. */
  locate?: Locate;
};

/**
 * Gets one side: the document itself, what a URL answers with, or the stored model of the tenant's snapshot, which is not
 * parsed again.
 * @throws DocumentRefusedError, NotFoundError, which name the field of the request
 */
export const readSide = async (
  ports: SidePorts,
  tenantId: string,
  name: SideName,
  request: SideRequest,
): Promise<Side> => {
  const { document, url, dependencyId } = request;
  if (document !== undefined) return readGiven(name, document, request.name);
  if (url !== undefined) return readFetched(ports, name, url);
  return readStored(ports, tenantId, name, dependencyId ?? "", request.snapshotId);
};

const readGiven = (name: SideName, document: string | object, source: string | undefined): Side => {
  const field = `${name}.document`;
  const named = source === undefined ? {} : { source };
  if (typeof document === "string") return { ...understood(field, new TextEncoder().encode(document)), ...named };
  // Lines of a text that was made up here would mean nothing to the caller.
  const { locate: _, ...side } = understood(field, new TextEncoder().encode(JSON.stringify(document)));
  return { ...side, ...named };
};

const readFetched = async (ports: SidePorts, name: SideName, url: string): Promise<Side> => {
  const field = `${name}.url`;
  try {
    const allowed = assertFetchableUrl(url, ports.addressPolicy, { field });
    const outcome = await ports.fetch({ url });
    if (outcome.outcome !== "body") {
      throw new DocumentRefusedError(field, `${urlForMessage(allowed)} asks to wait: try again later`, 422);
    }
    const { body, contentType, finalUrl } = outcome;
    assertLooksLikeDocument(body, { url: finalUrl, ...(contentType === undefined ? {} : { contentType }) });
    return { ...understood(field, body), source: urlForMessage(allowed) };
  } catch (error) {
    throw refusalOf(field, error);
  }
};

const readStored = async (
  { dependencies, snapshots, bodies }: SidePorts,
  tenantId: string,
  name: SideName,
  dependencyId: string,
  wantedId: string | undefined,
): Promise<Side> => {
  const dependency = await dependencies.get(tenantId, dependencyId);
  if (dependency === undefined) throw new NotFoundError("dependency", dependencyId, `${name}.dependencyId`);
  const snapshotId = wantedId ?? (await asSeen(dependencies, dependency)).currentSnapshotId;
  if (snapshotId === undefined) {
    throw new NotFoundError("snapshot of dependency", dependencyId, `${name}.dependencyId`);
  }
  const owner = snapshotOwner(dependency);
  const snapshot = await snapshots.get(owner.tenantId, owner.dependencyId, snapshotId);
  if (snapshot === undefined) throw new NotFoundError("snapshot", snapshotId, `${name}.snapshotId`);
  return { model: await readModel(bodies, snapshot), refuse: (error) => error };
};

const understood = (field: string, bytes: Uint8Array): Side & { parsed: ParsedDocument } => {
  try {
    const parsed = parseDocument(bytes, { maxBytes: maxDiffDocumentBytes, findDuplicateKeys: false });
    return { parsed, locate: (pointer) => parsed.locate(pointer), refuse: (error) => refusalOf(field, error) };
  } catch (error) {
    throw refusalOf(field, error);
  }
};

/** What went wrong at the other end is the caller's to know, with the field; what went wrong here is not. */
const refusalOf = (field: string, error: unknown): unknown => {
  if (!(error instanceof AppError) || error instanceof DocumentRefusedError) return error;
  return new DocumentRefusedError(field, error.message, error.httpStatus === 400 ? 400 : 422, { cause: error });
};
