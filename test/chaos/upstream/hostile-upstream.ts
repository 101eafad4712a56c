import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256 } from "../../../shared/snapshots/sha256.ts";
import { type Choices, createChoices } from "../../simulation/choices.ts";
import { type DocumentVersion, documentAt } from "./documents.ts";
import { type MannerName, manners } from "./lies.ts";
import type { Temper } from "./tempers.ts";

/** What a host published, and when: from then on until the next one its document is this one. */
export type Publication = { version: number; atMs: number };

/** One answer as it truly was. `bodySha256`: of the document, when its bytes went out whole. */
export type ServedAnswer = {
  number: number;
  manner: MannerName;
  version: number;
  atMs: number;
  /** Whether everything went out and the other side was there still. */
  isWhole: boolean;
  bodySha256?: string;
};

/** The document of one dependency on its host. */
type Site = { temper: Temper; step: number; document: DocumentVersion; publications: Publication[]; choices: Choices };

/**
 * Hosts that lie, and keep a true account of it: which version was published when, and what each answer gave away. A document is
 * at `/<number>.json`, on whichever address it is asked for.
 */
export const createHostileUpstream = (seed: number) => {
  const sites = new Map<number, Site>();
  const served: ServedAnswer[] = [];
  /** Requests that are being answered, by `host:port`, and the most there ever were. */
  const open = new Map<string, number>();
  const peaks = new Map<string, number>();
  let isCalm = false;

  const mannerFor = ({ temper, document, choices }: Site, request: IncomingMessage): MannerName => {
    const lie = temper.lies[choices.pick(temper.lies.length)];
    if (!isCalm && lie !== undefined && choices.happens(temper.liesPerMille)) return lie;
    return request.headers["if-none-match"] === document.etag ? "unchanged" : "honest";
  };

  const countOpen = (host: string, response: ServerResponse): void => {
    const now = (open.get(host) ?? 0) + 1;
    open.set(host, now);
    peaks.set(host, Math.max(peaks.get(host) ?? 0, now));
    response.once("close", () => open.set(host, (open.get(host) ?? 0) - 1));
  };

  return {
    /** What each answer was, in order of their beginnings. */
    served: served as readonly ServedAnswer[],
    /** Most requests at once by `host:port`. */
    peaks: peaks as ReadonlyMap<string, number>,
    add(number: number, temper: Temper): void {
      const document = documentAt(number, 0, temper.course);
      const publications = [{ version: document.version, atMs: Date.now() }];
      sites.set(number, { temper, step: 0, document, publications, choices: createChoices(seed + 7919 * number) });
    },
    publications: (number: number): readonly Publication[] => sites.get(number)?.publications ?? [],
    /** Hashes of the bodies of a document's present version, in all its forms. */
    presentHashes(number: number): string[] {
      const document = sites.get(number)?.document;
      return document === undefined ? [] : [sha256(document.plain), sha256(document.rewritten)];
    },
    /** Publishes the next version. */
    publish(number: number): void {
      const site = sites.get(number);
      if (site === undefined) return;
      site.step += 1;
      site.document = documentAt(number, site.step, site.temper.course);
      site.publications.push({ version: site.document.version, atMs: Date.now() });
    },
    /** From now on every host is honest. */
    calm(): void {
      isCalm = true;
    },
    answer(request: IncomingMessage, response: ServerResponse): void {
      const number = Number(/^\/(\d+)\.json$/.exec(request.url ?? "")?.[1] ?? Number.NaN);
      const site = sites.get(number);
      if (site === undefined) return void response.writeHead(404).end();
      countOpen(String(request.headers.host), response);
      const manner = mannerFor(site, request);
      const { document, choices } = site;
      const { serves, answer } = manners[manner];
      const bytes = serves === "plain" || serves === "rewritten" ? document[serves] : undefined;
      const account: ServedAnswer = {
        ...{ number, manner, version: document.version, atMs: Date.now(), isWhole: false },
        ...(bytes === undefined ? {} : { bodySha256: sha256(bytes) }),
      };
      served.push(account);
      response.once("finish", () => {
        account.isWhole = true;
      });
      void answer({ request, response, document, choices });
    },
  };
};

export type HostileUpstream = ReturnType<typeof createHostileUpstream>;
