import type { MediaTypeNode } from "../spec/model.ts";
import { compareContents } from "./contents.ts";
import { directionOf, type OperationContext, partOf, useOf } from "./operation-context.ts";
import { childPointer } from "./pointer.ts";
import type { SchemaSide } from "./schema-side.ts";

/** Compares the request bodies of a pair of operations. */
export function compareRequestBodies(context: OperationContext): void {
  const before = context.before.requestBody;
  const after = context.after.requestBody;
  const direction = directionOf(context, "request");
  const container = partOf(context, context.reversed ? "the payload" : "the request body");
  if (before === undefined && after === undefined) return;
  if (before === undefined || after === undefined) {
    const [owner, node] = before === undefined ? [context.after, after] : [context.before, before];
    if (node === undefined) return;
    const edit = useOf(owner, node, "requestBody");
    const pointers = { before: before?.pointer ?? null, after: after?.pointer ?? null };
    const action = before === undefined ? "added" : "removed";
    context.state({ subject: "request-body", action, before, after }, { ...pointers, edit, direction, container });
    return;
  }
  if (before.hash === after.hash) return;
  const [fieldsBefore, fieldsAfter] = [
    asksForFields(context.walk.beforeSide, before.content),
    asksForFields(context.walk.afterSide, after.content),
  ];
  // A form that must be sent because of a field that must be in it: the field was edited.
  const isByField = fieldsBefore !== fieldsAfter && fieldsAfter === after.required;
  if (before.required !== after.required && !isByField) {
    context.state(
      {
        subject: "request-body-required",
        action: after.required ? "became-required" : "became-optional",
        before: before.required,
        after: after.required,
      },
      {
        before: before.pointer,
        after: after.pointer,
        edit: childPointer(after.pointer, "required"),
        direction,
        container,
      },
    );
  }
  compareContents(context, before, after, { part: "request", container });
}

/** Whether every way to write the body is a form, and has fields that must be sent. */
function asksForFields(side: SchemaSide, content: readonly MediaTypeNode[]): boolean {
  return (
    content.length > 0 &&
    content.every(
      ({ mediaType, schema }) =>
        /^(multipart\/|application\/x-www-form-urlencoded)/.test(mediaType) &&
        schema !== undefined &&
        side.requiredOf(schema).size > 0,
    )
  );
}
