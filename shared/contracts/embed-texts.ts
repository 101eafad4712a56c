import * as z from "zod";

/** Payload of the embedder's function. */
export const embedTextsInvocation = z.strictObject({
  model: z.object({ id: z.string().min(1), dimension: z.number().int().positive() }),
  texts: z.array(z.string()).min(1).max(1000),
});

/** What it answers: vectors as 32-bit floats in base64, one after another, or what went wrong. */
const replySchema = z.union([
  z.object({ vectors: z.array(z.base64()) }),
  z.object({
    error: z.object({ name: z.string(), message: z.string(), kind: z.enum(["retryable", "rateLimited", "permanent"]) }),
  }),
]);

export type EmbedFailureReply = { name: string; message: string; kind: "retryable" | "rateLimited" | "permanent" };

export const embedReply = {
  encode: (vectors: readonly Float32Array[]): { vectors: string[] } => ({
    vectors: vectors.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength).toString("base64"),
    ),
  }),
  /** @throws z.ZodError */
  decode(reply: unknown): { vectors: Float32Array[] } | { error: EmbedFailureReply } {
    const read = replySchema.parse(reply);
    if ("error" in read) return read;
    return {
      vectors: read.vectors.map((text) => {
        const bytes = Uint8Array.from(Buffer.from(text, "base64"));
        return new Float32Array(bytes.buffer);
      }),
    };
  },
};
