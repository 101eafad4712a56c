import { once } from "node:events";
import { Logger } from "@aws-lambda-powertools/logger";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { dynamoApiKeyStore } from "../../shared/aws/dynamo-api-key-store.ts";
import { dynamoClient } from "../../shared/aws/dynamo-client.ts";
import { dynamoStreamTicketStore } from "../../shared/aws/dynamo-stream-ticket-store.ts";
import { systemClock } from "../../shared/aws/system-clock.ts";
import { openSignalStream } from "../api/signal-stream.ts";
import { apiLog } from "../runtime/api-log.ts";
import { signalStreamEnv } from "../runtime/env.ts";
import { awsSignalFinder } from "../runtime/first-signal-ports.ts";

const env = signalStreamEnv.parse(process.env);
const logger = new Logger({ serviceName: "signal-stream" });
const log = apiLog(logger);
const table = { client: dynamoClient(), tableName: env.TABLE_NAME };

/** An EventSource connects again after it. */
const retryMs = 2_000;

const ports = {
  findSignal: awsSignalFinder(env, log.info),
  clock: systemClock,
  tickets: dynamoStreamTicketStore(table),
  apiKeys: dynamoApiKeyStore(table),
  settings: {
    pollIntervalMs: env.FIRST_SIGNAL_STREAM_POLL_INTERVAL_MS,
    heartbeatMs: env.FIRST_SIGNAL_STREAM_HEARTBEAT_SECONDS * 1_000,
    durationMs: env.FIRST_SIGNAL_STREAM_DURATION_SECONDS * 1_000,
    retryMs,
  },
  log,
};

/** `GET /api/v1/jobengine/stream/runs/{runId}` on a function URL: an instance a stream, so that none waits for another. */
export const handler = awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, stream) => {
  const { statusCode, headers, body, tell } = await openSignalStream(ports, event);
  const response = awslambda.HttpResponseStream.from(stream, { statusCode, headers });
  let isGone = false;
  response.on("error", () => {
    isGone = true;
  });
  const write = async (text: string, deadlineMs: number): Promise<boolean> => {
    if (isGone || response.destroyed) return false;
    if (response.write(text)) return true;
    const signal = AbortSignal.timeout(Math.max(1, deadlineMs - Date.now()));
    return once(response, "drain", { signal }).then(
      () => true,
      () => false,
    );
  };
  if (tell !== undefined) log.info("signal_stream.ended", { end: await tell(write) });
  // Without a first write, of nothing too, the status and the headers would not be sent.
  response.write(body);
  response.end();
});
