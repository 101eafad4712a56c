import { isAnnotation } from "../annotation-keys.ts";
import { isJsonObject } from "../json-object.ts";
import type { JsonValue } from "../model.ts";
import { decodeFragment, splitPointer } from "../pointers.ts";
import type { Conduits } from "./conduits.ts";
import type { ConduitBody } from "./slice.ts";
import type { Pair, TreePairs } from "./tree-pairs.ts";

/** Operations of a path item, as written, and the bodies of each that may differ. */
export type ConduitOperations = Map<JsonValue, ConduitBody[]>;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Media types whose parts are written as their schema says. */
const isForm = /^(multipart\/|application\/x-www-form-urlencoded)/i;

/**
 * The operations of a path item which are written alike in both documents, and differ at most in what their bodies lead to.
 * @returns for either document; `undefined` when one of them has to be read for more than that
 */
export function conduitOperationsOf(
  pairs: TreePairs,
  conduits: Conduits,
  pathItem: Pair,
): [before: ConduitOperations, after: ConduitOperations] | undefined {
  if (!isJsonObject(pathItem.before) || "$ref" in pathItem.before || !conduits.isWrittenAlike(pathItem))
    return undefined;
  const operations: [ConduitOperations, ConduitOperations] = [new Map(), new Map()];
  let isConduit = true;
  pairs.eachChild(pathItem, (name, member) => {
    if (!isConduit) return;
    const isOperation = methods.includes(name);
    const bodies = conduits.isChanged(member) && !isAnnotation(name) ? bodiesOf(pairs, conduits, member) : [];
    if (bodies === undefined || (bodies.length > 0 && !isOperation)) isConduit = false;
    else if (isOperation) {
      operations[0].set(member.before, bodies);
      operations[1].set(member.after, bodies);
    }
  });
  return isConduit ? operations : undefined;
}

function bodiesOf(pairs: TreePairs, conduits: Conduits, operation: Pair): ConduitBody[] | undefined {
  const bodies: ConduitBody[] = [];
  const all = conduits.everyPart(operation, (name, part) => {
    if (name === "requestBody") return addBodies(pairs, conduits, part, { part: "request" }, bodies);
    if (name !== "responses") return false;
    return conduits.everyPart(part, (status, response) =>
      addBodies(pairs, conduits, response, { part: "response", status }, bodies),
    );
  });
  return all ? bodies : undefined;
}

/** Adds the bodies that `holder`, a request body or a response, or what it refers to, has for its media types. */
function addBodies(
  pairs: TreePairs,
  conduits: Conduits,
  holder: Pair,
  body: Pick<ConduitBody, "part" | "status">,
  bodies: ConduitBody[],
): boolean {
  const own = followed(pairs, holder);
  if (own === undefined || !conduits.isWrittenAlike(own)) return false;
  return conduits.everyPart(own, (name, content) => {
    if (name !== "content") return false;
    return conduits.everyPart(
      content,
      (mediaType, media) => {
        if (isForm.test(mediaType)) return false;
        return conduits.everyPart(media, (member, schema) => {
          const leads = member === "schema" ? conduits.leadsOf(schema) : undefined;
          if (leads === undefined) return false;
          bodies.push({ ...body, mediaType, isReference: "$ref" in schema.before, leads });
          return true;
        });
      },
      true,
    );
  });
}

function followed(pairs: TreePairs, holder: Pair): Pair | undefined {
  const { before } = holder;
  if (!isJsonObject(before)) return undefined;
  if (typeof before.$ref !== "string") return holder;
  const tokens = before.$ref.startsWith("#/") ? splitPointer(decodeFragment(before.$ref.slice(1))) : undefined;
  const target = tokens === undefined ? undefined : pairs.find(tokens);
  return typeof target === "object" && isJsonObject(target.before) && !("$ref" in target.before) ? target : undefined;
}
