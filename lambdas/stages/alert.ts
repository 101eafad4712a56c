import { dynamoAlertPreferenceStore } from "../../shared/aws/dynamo-alert-preference-store.ts";
import { dynamoChannelStore } from "../../shared/aws/dynamo-channel-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyUsageStore } from "../../shared/aws/dynamo-dependency-usage-store.ts";
import { dynamoDigestStore } from "../../shared/aws/dynamo-digest-store.ts";
import { dynamoSnapshotStore } from "../../shared/aws/dynamo-snapshot-store.ts";
import { s3BodyStore } from "../../shared/aws/s3-body-store.ts";
import { s3Client } from "../../shared/aws/s3-client.ts";
import { sqsClient } from "../../shared/aws/sqs-client.ts";
import { sqsDeliveryQueue } from "../../shared/aws/sqs-delivery-queue.ts";
import { alertStage } from "../../shared/pipeline/stages/alert.ts";
import { alertStageEnv } from "../runtime/env.ts";
import { stageHandler } from "./stage-handler.ts";

const env = alertStageEnv.parse(process.env);
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };

/** State `Alert`. */
export const handler = stageHandler(
  alertStage({
    bodies: s3BodyStore({ client: s3Client(), bucketName: env.BUCKET_NAME }),
    snapshots: dynamoSnapshotStore(table),
    channels: dynamoChannelStore(table),
    alertPreferences: dynamoAlertPreferenceStore(table),
    digests: dynamoDigestStore(table),
    usage: dynamoDependencyUsageStore(table),
    deliveries: dynamoDeliveryStore(table),
    queue: sqsDeliveryQueue({ client: sqsClient(), queueUrl: env.DELIVERIES_QUEUE_URL }),
  }),
  env,
);
