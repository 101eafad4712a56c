import type { AwsAnswer } from "../alerts/channel-kinds/aws-answer.ts";

/** An error of an SDK client as the refusal that it stands for, also when no answer came at all. */
export const refusalOf = (error: unknown): Extract<AwsAnswer, { answer: "refused" }> => {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const status = statusOf(error);
  return { answer: "refused", code: name, message, ...(status === undefined ? {} : { status }) };
};

const statusOf = (error: unknown): number | undefined => {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
};
