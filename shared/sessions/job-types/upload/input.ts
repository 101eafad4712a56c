import * as z from "zod";

export const uploadInput = z.strictObject({
  documentationId: z.string().min(1),
  fileName: z.string().min(1),
  contentType: z.string(),
  bodyKey: z.string().min(1),
  bodySha256: z.string(),
});
export type UploadInput = z.output<typeof uploadInput>;

export const uploadedFile = z.object({
  path: z.string(),
  kind: z.enum(["openapi", "html", "markdown", "text", "pdf"]),
  title: z.string().optional(),
  chunks: z.number(),
});

export type UploadedFile = z.output<typeof uploadedFile>;
