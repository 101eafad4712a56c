import * as z from "zod";

export const candidateKinds = ["openapi", "documentation", "page"] as const;

/** An address where documentation may be, with what speaks for it. */
export const candidate = z.object({
  url: z.string(),
  kind: z.enum(candidateKinds),
  title: z.string().optional(),
  score: z.number(),
  /** In words, the strongest first. */
  reasons: z.array(z.string()),
});
export type Candidate = z.output<typeof candidate>;

/** Something that was learned of an address. */
export type Clue = { url: string; reason: string; weight: number; kind?: Candidate["kind"]; title?: string };

/** What pages of documentation are called in their paths. */
const documentationWords =
  /\b(api|apis|docs?|documentation|developers?|dev|reference|rest|guides?|openapi|swagger|redoc|scim|graphql|sdk|integrations?)\b/i;

/** What is never documentation of an API, however it is linked. */
const otherWords =
  /\b(blog|careers?|jobs|press|news|pricing|legal|privacy|terms|cookies?|login|sign-?(in|up)|register|contact|about|status|events?|customers?|partners?|shop|cart)\b/i;

/** `My App 2` as it would be in a host name: `myapp2`. */
export const slugOf = (applicationName: string): string => applicationName.toLowerCase().replace(/[^a-z0-9]+/g, "");

/** Whether an address or its title speaks of documentation rather than of anything else. */
export const isRelevant = ({ url, kind, title = "" }: Candidate): boolean => {
  if (kind !== "page") return true;
  const { host, pathname } = new URL(url);
  return (
    !otherWords.test(pathname) && (documentationWords.test(`${host}${pathname}`) || documentationWords.test(title))
  );
};

/**
 * All that is known of each address as one candidate; the addresses in the order in which they were found first. A
 * candidate's own words count beside the clues.
 */
export const gatherCandidates = (
  clues: readonly Clue[],
  about: { applicationName: string; integrationType: string },
): Candidate[] => {
  const byUrl = new Map<string, Candidate>();
  for (const clue of [...clues].sort((a, b) => b.weight - a.weight)) {
    const known = byUrl.get(clue.url) ?? { url: clue.url, kind: "page", score: 0, reasons: [] };
    byUrl.set(clue.url, known);
    if (!known.reasons.includes(clue.reason)) {
      known.reasons.push(clue.reason);
      known.score += clue.weight;
    }
    if (clue.kind !== undefined && candidateKinds.indexOf(clue.kind) < candidateKinds.indexOf(known.kind))
      known.kind = clue.kind;
    if (known.title === undefined && clue.title) known.title = clue.title;
  }
  for (const known of byUrl.values()) {
    for (const { reason, weight } of ownClues(known, about)) {
      known.score += weight;
      if (weight > 0) known.reasons.push(reason);
    }
  }
  const order = new Map(clues.map(({ url }, at) => [url, clues.length - at]));
  return [...byUrl.values()].sort((a, b) => (order.get(b.url) ?? 0) - (order.get(a.url) ?? 0));
};

const ownClues = (
  { url, title = "" }: Candidate,
  { applicationName, integrationType }: { applicationName: string; integrationType: string },
): { reason: string; weight: number }[] => {
  const { host, pathname } = new URL(url);
  const slug = slugOf(applicationName);
  const depth = pathname.split("/").filter(Boolean).length;
  const clues = [{ reason: "depth", weight: -depth }];
  if (slug !== "" && host.replace(/[^a-z0-9]/g, "").includes(slug))
    clues.push({ reason: `its host is named after ${applicationName}`, weight: 10 });
  if (slug !== "" && slugOf(title).includes(slug))
    clues.push({ reason: `its title names ${applicationName}`, weight: 10 });
  if (documentationWords.test(`${host}${pathname}`))
    clues.push({ reason: "its address speaks of documentation", weight: 8 });
  if (integrationType === "SCIM" && /scim/i.test(url + title)) clues.push({ reason: "it is about SCIM", weight: 20 });
  if (otherWords.test(pathname)) clues.push({ reason: "its address speaks of something else", weight: -20 });
  return clues;
};
