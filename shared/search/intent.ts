/** What a question asks for: to read something, to remove something, or to do something else with it. */
export type Intent = "read" | "remove" | "write";

const verbs = (text: string): RegExp => new RegExp(`^(?:please )?(?:${text.replaceAll(" ", "|")})\\b`);

const asking =
  /^(?:who|whom|whose|what|which|where|when|why|how|is|are|was|were|do|does|did|has|have|can|could|may)\b|\b(?:which|how many|how much)\b/;
const reading = verbs(
  "browse check count display download enumerate export fetch find get inspect list look lookup query read retrieve search see show view",
);
const removing = verbs("clear delete destroy discard drop erase forget purge remove revoke unassign unlink wipe");
const removingInTwo = /^(?:take|throw|get|let) (?:\w+ ){0,3}?(?:away|out|rid)\b/;
const doing = verbs(
  "abort accept activate add admit allow apply approve archive ask assign attach author authorize ban begin bill block book " +
    "bring build buy call cancel cap capture change charge claim close combine complete confirm connect copy correct create deactivate " +
    "decline define deliver deploy deny disable dismiss draw edit email enable end execute extend fight file finish fork forward " +
    "generate give grant hand hang import increase install invite issue join keep kick kill launch leave let link lock mail make mark " +
    "merge message modify move mute notify offer open order pause pay pin place plan play post publish push put raise reduce refund " +
    "register reject release remind rename renew reopen replace reply report request reserve reset restart restore resume retry " +
    "return reverse rotate run save schedule sell send set share shorten sign start stop store submit subscribe suspend switch sync take tell " +
    "terminate test top train transfer translate trigger turn undo unblock unlock unpin unsubscribe update upgrade upload use validate verify void " +
    "vote withdraw write",
);

/**
 * What the grammar of a question says of the kind of operation that answers it; `undefined` where it says nothing, as for a
 * mere noun.
 * @example intentOf("who is banned") // "read"
 */
export const intentOf = (question: string): Intent | undefined => {
  const text = question.trim().toLowerCase();
  if (asking.test(text) || reading.test(text)) return "read";
  if (removing.test(text) || removingInTwo.test(text)) return "remove";
  return doing.test(text) ? "write" : undefined;
};

/** How well an operation's method fits, from 0 to 1; in between where services differ in what they use. */
export const fitOf = (intent: Intent | undefined, method: string): number => {
  if (intent === undefined) return 0;
  const isReading = method === "GET" || method === "HEAD";
  if (intent === "read") return isReading ? 1 : 0;
  if (isReading) return 0;
  return (intent === "remove") === (method === "DELETE") ? 1 : 0.5;
};
