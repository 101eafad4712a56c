import type { HeaderNode, OperationNode, ParameterNode, SchemaId } from "../spec/model.ts";
import { frameOfParameter, tellContentsApart } from "./content-frames.ts";
import type { ContractPlace } from "./fact-collector.ts";
import type { Lifecycle, ParameterAspect } from "./facts.ts";
import { directionOf, type OperationContext, partOf, useOfParameter } from "./operation-context.ts";
import { childPointer, parentPointer } from "./pointer.ts";
import type { SchemaSide } from "./schema-side.ts";
import { differenceInWriting } from "./serialization.ts";
import { pairUnique } from "./unique-pairs.ts";

type ParameterMatches = {
  pairs: [before: ParameterNode, after: ParameterNode][];
  removed: ParameterNode[];
  added: ParameterNode[];
};

type FlatAspect = Exclude<ParameterAspect, "mediaType">;

/** Compares the parameters of a pair of operations: which there are, how they are sent, what they accept. */
export function compareParameters(context: OperationContext): void {
  compareMatches(context, matchParameters(context.before, context.after));
}

/** Compares lists that have no path of their own: the headers of a part. */
export function compareParameterLists(
  context: OperationContext,
  before: readonly ParameterNode[],
  after: readonly ParameterNode[],
): void {
  const { pairs, ...rest } = pairUnique(before, after, (parameter) => keyOf(parameter, parameter.name));
  compareMatches(context, { pairs, removed: rest.before, added: rest.after });
}

function compareMatches(context: OperationContext, matches: ParameterMatches): void {
  for (const [before, after] of matches.pairs) compareParameter(context, before, after);
  const moves = pairUnique(matches.removed, matches.added, (parameter) => parameter.name);
  for (const [before, after] of moves.pairs) stateParameter(context, "moved", before, after);
  const { beforeSide, afterSide } = context.walk;
  tellContentsApart(moves, context.walk, frameOfParameter);
  const renames = pairUnique(moves.before, moves.after, (parameter, side) =>
    parameter.in === "path" ? undefined : contentOf(side === "before" ? beforeSide : afterSide, parameter),
  );
  for (const [before, after] of renames.pairs) stateParameter(context, "renamed", before, after);
  for (const parameter of renames.before) stateParameter(context, "removed", parameter, undefined);
  for (const parameter of renames.after) stateParameter(context, "added", undefined, parameter);
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
      edit: editOf(context, before, after) ?? useOfParameter(context, owner, named),
      ...placeOf(context, named),
    },
  );
}

/** Where one thing became another, the edit is not one of the list that names it. */
function editOf(
  context: OperationContext,
  before: ParameterNode | undefined,
  after: ParameterNode | undefined,
): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  if (after.in === "path" && before.in === "path") return `${parentPointer(context.after.pointer) ?? ""} path`;
  return before.pointer === after.pointer ? after.pointer : undefined;
}

/** What the API sends to a webhook is not a parameter that a client fills in but one that it reads. */
function placeOf(context: OperationContext, parameter: ParameterNode) {
  return {
    scope: "parameter" as const,
    direction: directionOf(context, "request"),
    container:
      context.within === undefined
        ? partOf(context, `the ${parameter.in} parameter \`${parameter.name}\``)
        : `the header \`${parameter.name}\` of ${context.within}`,
    parameter: { in: parameter.in, name: parameter.name },
  } satisfies Partial<ContractPlace>;
}

/** By place and name; path parameters by their position in the path, for their name is not sent. */
function matchParameters(before: OperationNode, after: OperationNode): ParameterMatches {
  const newNames = templateNames(after.path);
  const renamed = new Map(templateNames(before.path).map((name, position) => [name, newNames[position]]));
  const open = new Map(after.parameters.map((one) => [keyOf(one, one.name), one]));
  const matches: ParameterMatches = { pairs: [], removed: [], added: [] };
  for (const parameter of before.parameters) {
    const key = keyOf(parameter, (parameter.in === "path" ? renamed.get(parameter.name) : undefined) ?? parameter.name);
    const partner = open.get(key);
    if (partner === undefined) matches.removed.push(parameter);
    else {
      matches.pairs.push([parameter, partner]);
      open.delete(key);
    }
  }
  matches.added = [...open.values()];
  return matches;
}

/** An operation has one whole query string, whatever its name. */
function keyOf(parameter: ParameterNode, name: string): string {
  return parameter.in === "querystring" ? parameter.in : `${parameter.in} ${name}`;
}

function templateNames(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");
}

/** What a parameter says, apart from its name. */
function contentOf(side: SchemaSide, parameter: ParameterNode): string {
  const { style, explode, required, allowReserved, allowEmptyValue, content } = parameter;
  const schema = parameter.schema === undefined ? undefined : side.node(parameter.schema).hash;
  const flags = [style, explode, required, allowReserved, allowEmptyValue];
  return JSON.stringify([parameter.in, ...flags, schema, content?.hash, lifecycleOf(parameter)]);
}

function compareParameter(context: OperationContext, before: ParameterNode, after: ParameterNode): void {
  if (before.name !== after.name && before.in === "path") stateParameter(context, "renamed", before, after);
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
  for (const aspect of aspectsOf(context, before, after)) {
    if (before[aspect] === after[aspect]) continue;
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
  const { direction, ...place } = placeOf(context, after);
  if (beforeSchema === undefined || afterSchema === undefined) {
    if (beforeSchema === afterSchema || was !== is) return;
    const action = beforeSchema === undefined ? "added" : "removed";
    const edit = childPointer(after.pointer, "schema");
    context.state(
      { subject: "value-schema", action, before: undefined, after: undefined },
      { ...pointers, edit, direction, ...place },
    );
    return;
  }
  context.walk.enter(
    beforeSchema,
    afterSchema,
    {
      site: direction === "request" ? "request-parameter" : "response-header",
      pointer: after.pointer,
      ...place,
      ...(is !== undefined && { mediaType: is }),
    },
    context.operation,
  );
}

/** Where a media type says how the parameter is written, its style says nothing. */
function aspectsOf({ walk }: OperationContext, before: ParameterNode, after: ParameterNode): FlatAspect[] {
  if (before.content?.mediaType !== after.content?.mediaType) return ["required"];
  const types = walk.typesOf(before.schema, after.schema);
  const writing = before.content === undefined ? differenceInWriting(before, after, types) : undefined;
  return ["required", ...(writing === undefined ? [] : [writing]), "allowReserved", "allowEmptyValue"];
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

/** Headers that a client sends with a part or with an answer: it fills them in as it does parameters. */
export function headersAsParameters(headers: readonly HeaderNode[] = []): ParameterNode[] {
  const rest = { in: "header", allowReserved: false, allowEmptyValue: false } as const;
  return headers.map(({ style = "simple", ...header }) => ({ ...header, ...rest, style }));
}
