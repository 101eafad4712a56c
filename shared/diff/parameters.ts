import type { OperationNode, ParameterNode, SchemaId } from "../spec/model.ts";
import type { ContractPlace } from "./fact-collector.ts";
import type { Lifecycle, ParameterAspect } from "./facts.ts";
import { directionOf, type OperationContext, useOfParameter } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";

type ParameterMatches = {
  pairs: [before: ParameterNode, after: ParameterNode][];
  removed: ParameterNode[];
  added: ParameterNode[];
};

type FlatAspect = Exclude<ParameterAspect, "mediaType">;

const aspects: readonly FlatAspect[] = ["required", "style", "explode", "allowReserved", "allowEmptyValue"];

/** Compares the parameters of a pair of operations: which there are, how they are sent, what they accept. */
export function compareParameters(context: OperationContext): void {
  const matches = matchParameters(context.before, context.after);
  for (const [before, after] of matches.pairs) compareParameter(context, before, after);
  for (const parameter of matches.removed) {
    const fresh = matches.added.find((one) => one.name === parameter.name && one.in !== parameter.in);
    if (fresh === undefined) stateParameter(context, "removed", parameter, undefined);
    else {
      matches.added = matches.added.filter((one) => one !== fresh);
      stateParameter(context, "moved", parameter, fresh);
    }
  }
  for (const parameter of matches.added) stateParameter(context, "added", undefined, parameter);
}

function stateParameter(
  context: OperationContext,
  action: "added" | "removed" | "moved" | "renamed",
  before: ParameterNode | undefined,
  after: ParameterNode | undefined,
): void {
  const named = after ?? before;
  if (named === undefined) return;
  const owner = after === undefined ? context.before : context.after;
  context.state(
    { subject: "parameter", action, before, after },
    {
      before: before?.pointer ?? null,
      after: after?.pointer ?? null,
      edit: useOfParameter(context, owner, named),
      ...placeOf(context, named),
    },
  );
}

/** What the API sends to a webhook is not a parameter that a client fills in but one that it reads. */
function placeOf(context: OperationContext, parameter: ParameterNode) {
  return {
    scope: "parameter" as const,
    direction: directionOf(context, "request"),
    container: `the ${parameter.in} parameter \`${parameter.name}\``,
    parameter: { in: parameter.in, name: parameter.name },
  } satisfies Partial<ContractPlace>;
}

/** By place and name; path parameters that are left, by their position in the path. */
function matchParameters(before: OperationNode, after: OperationNode): ParameterMatches {
  const open = new Map(after.parameters.map((one) => [`${one.in} ${one.name}`, one]));
  const matches: ParameterMatches = { pairs: [], removed: [], added: [] };
  for (const parameter of before.parameters) {
    const key = `${parameter.in} ${parameter.name}`;
    const partner = open.get(key);
    if (partner === undefined) matches.removed.push(parameter);
    else {
      matches.pairs.push([parameter, partner]);
      open.delete(key);
    }
  }
  const newNames = templateNames(after.path);
  const renamed = new Map(templateNames(before.path).map((name, position) => [name, newNames[position]]));
  matches.removed = matches.removed.filter((parameter) => {
    const key = `path ${renamed.get(parameter.name)}`;
    const partner = parameter.in === "path" ? open.get(key) : undefined;
    if (partner === undefined) return true;
    matches.pairs.push([parameter, partner]);
    open.delete(key);
    return false;
  });
  matches.added = [...open.values()];
  return matches;
}

function templateNames(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");
}

function compareParameter(context: OperationContext, before: ParameterNode, after: ParameterNode): void {
  if (before.name !== after.name) stateParameter(context, "renamed", before, after);
  else if (before.hash === after.hash && isSameLifecycle(before, after)) return;
  const pointers = { before: before.pointer, after: after.pointer };
  const [was, is] = [before.content?.mediaType, after.content?.mediaType];
  if (was !== is) {
    context.state(
      { subject: "parameter-aspect", action: "changed", aspect: "mediaType", before: was, after: is },
      {
        before: before.content?.pointer ?? before.pointer,
        after: after.content?.pointer ?? after.pointer,
        edit: childPointer(after.pointer, "content"),
        ...placeOf(context, after),
      },
    );
  }
  for (const aspect of aspects) {
    // Where a media type says how the parameter is written, its style says nothing.
    if (before[aspect] === after[aspect] || (aspect !== "required" && was !== is)) continue;
    context.state(
      { subject: "parameter-aspect", action: "changed", aspect, before: before[aspect], after: after[aspect] },
      {
        before: aspectPointer(before, aspect),
        after: aspectPointer(after, aspect),
        edit: childPointer(after.pointer, aspect),
        ...placeOf(context, after),
      },
    );
  }
  if (!isSameLifecycle(before, after)) {
    context.state(
      {
        subject: "parameter-lifecycle",
        action: "changed",
        before: lifecycleOf(before),
        after: lifecycleOf(after),
      },
      { ...pointers, edit: childPointer(after.pointer, "deprecated"), ...placeOf(context, after) },
    );
  }
  const [beforeSchema, afterSchema] = [schemaOf(before), schemaOf(after)];
  if (beforeSchema === undefined || afterSchema === undefined) return;
  const { direction, ...place } = placeOf(context, after);
  context.walk.enter(
    beforeSchema,
    afterSchema,
    { site: direction === "request" ? "request-parameter" : "response-header", pointer: after.pointer, ...place },
    context.operation,
  );
}

/** A `false` is the default and need not be written: then the parameter stands for it. */
function aspectPointer(parameter: ParameterNode, aspect: FlatAspect): string {
  return parameter[aspect] === false ? parameter.pointer : childPointer(parameter.pointer, aspect);
}

function schemaOf(parameter: ParameterNode): SchemaId | undefined {
  return parameter.schema ?? parameter.content?.schema;
}

/** Whether two parameters or operations say the same of their age. */
export function isSameLifecycle(left: Lifecycle, right: Lifecycle): boolean {
  return left.deprecated === right.deprecated && left.sunset === right.sunset && left.stability === right.stability;
}

/** What a parameter or an operation says of its own age. */
export function lifecycleOf(node: Lifecycle): Lifecycle {
  return {
    deprecated: node.deprecated,
    ...(node.sunset !== undefined && { sunset: node.sunset }),
    ...(node.stability !== undefined && { stability: node.stability }),
  };
}
