import { SESv2Client } from "@aws-sdk/client-sesv2";
import { once, requestHandler } from "./client-options.ts";

/** SES's client of this process. It tries once: a second try after a lost answer would be a second mail. */
export const sesv2Client = once(() => new SESv2Client({ maxAttempts: 1, requestHandler: requestHandler(10_000) }));
