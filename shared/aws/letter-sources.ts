import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LetterSource } from "./sqs-dead-letter-box.ts";

/** The queue that a letter was on. The tenant stays its message group. */
export const sqsLetterSource = ({ client, queueUrl }: { client: SQSClient; queueUrl: string }): LetterSource => ({
  async send({ body, tenantId }) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        ...(tenantId === undefined ? {} : { MessageGroupId: tenantId }),
      }),
    );
  },
});

/** The function that a schedule could not invoke. */
export const lambdaLetterSource = ({
  client,
  functionName,
}: {
  client: LambdaClient;
  functionName: string;
}): LetterSource => ({
  async send({ body }) {
    await client.send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: "Event", Payload: Buffer.from(body) }),
    );
  },
});
