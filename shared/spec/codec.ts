import * as z from "zod";
import { StoredModelError } from "./errors.ts";
import type { SpecModel } from "./model.ts";

/** Only what tells whether the rest can be trusted: the body was written by `encodeModel` and is not walked again. */
const headerSchema = z.looseObject({
  modelVersion: z.literal(1),
  rootHash: z.string().min(1),
  schemas: z.array(z.unknown()),
  operations: z.array(z.unknown()),
});

/** The model as JSON bytes; compression is the caller's. */
export function encodeModel(model: SpecModel): Uint8Array {
  return Buffer.from(JSON.stringify(model), "utf8");
}

/**
 * Reads what `encodeModel` wrote.
 * @throws StoredModelError when the bytes are not a model of this `modelVersion`
 */
export function decodeModel(bytes: Uint8Array): SpecModel {
  let value: SpecModel;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    throw new StoredModelError("the stored model is damaged: it is not JSON");
  }
  const header = headerSchema.safeParse(value);
  if (!header.success) {
    const [issue] = header.error.issues;
    throw new StoredModelError(`the stored model is not of version 1: ${issue?.path.join(".")} ${issue?.message}`);
  }
  return value;
}
