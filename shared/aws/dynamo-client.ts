import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { maxAttempts, once, requestHandler } from "./client-options.ts";

/** DynamoDB's document client of this process. */
export const dynamoClient = once(() =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts, requestHandler: requestHandler(3_000) }), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);
