import type { Logger } from "@aws-lambda-powertools/logger";
import type { ApiLog } from "../api/api-ports.ts";

/** Events and their fields as structured log lines. */
export const apiLog = (logger: Logger): ApiLog => ({
  info: (event, fields) => logger.info(event, { ...fields }),
  error: (event, fields) => logger.error(event, { ...fields }),
});
