import * as z from "zod";
import { severity } from "./changes.ts";
import { dataOf, id, label, moment, pageOf, pageQuery } from "./envelope.ts";
import { defineRoutes } from "./route.ts";

const scope = z.enum(["api", "domain", "endpoint"]).meta({
  description: "`api`: dependencies by id or name; `domain`: tags or first path segments; `endpoint`: method and path.",
});

const scopeValue = z.string().trim().min(1).max(500).meta({
  description: "What of the scope, with `*` for anything.",
  example: "GET /v1/*",
});

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:30");

const weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

const timeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, "must be a time zone such as Europe/Berlin")
  .meta({ description: "Of the mute window, and of the morning that a daily digest is sent in.", example: "UTC" });

const mute = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay.meta({ description: "At or before `from`: on the next day." }),
    days: z
      .array(weekday)
      .min(1)
      .max(7)
      .default(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
      .meta({ description: "Days on which it begins." }),
  })
  .meta({ id: "MuteWindow", description: "What is found in it is recorded as muted and not sent." });

const digest = z.enum(["none", "hourly", "daily"]).meta({
  description: "`none`: at once. `hourly`: at the full hour. `daily`: at nine in the morning.",
});

const channels = z.array(id).min(1).max(50).meta({ description: "Ids of the channels that are told." });

export const alertPreference = z
  .object({
    id: z.string(),
    name: z.string(),
    scope,
    scopeValue: z.string(),
    minSeverity: severity,
    channels: z.array(z.string()),
    timeZone: z.string(),
    mute: z.object({ from: z.string(), to: z.string(), days: z.array(weekday) }).optional(),
    digest,
    enabled: z.boolean(),
    createdAt: moment,
    updatedAt: moment,
  })
  .meta({ id: "AlertPreference" });

/** Whether the value can match an operation at all, where the scope is operations: a method and a path. */
export const isEndpointPattern = (body: { scope?: string | undefined; scopeValue?: string | undefined }): boolean =>
  body.scope !== "endpoint" || body.scopeValue === undefined || /^(\*|[A-Z*]+ [/*].*)$/.test(body.scopeValue);

const endpointRule = { path: ["scopeValue"], error: "must be a method and a path, such as GET /v1/*" };

export const createAlertPreferenceBody = z
  .strictObject({
    name: label,
    scope: scope.default("api"),
    scopeValue: scopeValue.default("*"),
    minSeverity: severity.default("risky"),
    channels,
    timeZone: timeZone.default("UTC"),
    mute: mute.optional(),
    digest: digest.default("none"),
    enabled: z.boolean().default(true),
  })
  .refine(isEndpointPattern, endpointRule)
  .meta({ id: "CreateAlertPreference" });

export const updateAlertPreferenceBody = z
  .strictObject({
    name: label,
    scope,
    scopeValue,
    minSeverity: severity,
    channels,
    timeZone,
    mute: mute.nullable(),
    digest,
    enabled: z.boolean(),
  })
  .partial()
  .refine(isEndpointPattern, endpointRule)
  .meta({ id: "UpdateAlertPreference", description: "What is left out stays; `null` removes." });

const one = (description: string) => ({ description, schema: dataOf(alertPreference) });

export const alertPreferenceRoutes = defineRoutes({
  createAlertPreference: {
    method: "POST",
    path: "/api/alert-preferences",
    access: "write",
    tag: "Alert preferences",
    summary: "Say who is told of what, and when",
    description: [
      "A channel that a preference names gets what its preferences say, and each cause once, however many of them want it:",
      "at once, if one does. A channel that none names gets everything from its own `minSeverity` on.",
    ].join(" "),
    body: createAlertPreferenceBody,
    answers: { 201: one("The preference.") },
  },
  listAlertPreferences: {
    method: "GET",
    path: "/api/alert-preferences",
    access: "read",
    tag: "Alert preferences",
    summary: "List alert preferences, newest first",
    query: pageQuery,
    answers: { 200: { description: "A page of preferences.", schema: pageOf(alertPreference) } },
  },
  getAlertPreference: {
    method: "GET",
    path: "/api/alert-preferences/{preferenceId}",
    access: "read",
    tag: "Alert preferences",
    summary: "Read an alert preference",
    answers: { 200: one("The preference.") },
    errors: [404],
  },
  updateAlertPreference: {
    method: "PATCH",
    path: "/api/alert-preferences/{preferenceId}",
    access: "write",
    tag: "Alert preferences",
    summary: "Change an alert preference",
    description: "It holds for what is found from now on; what waits for a digest stays in it.",
    body: updateAlertPreferenceBody,
    answers: { 200: one("The preference as it is now.") },
    errors: [404],
  },
  deleteAlertPreference: {
    method: "DELETE",
    path: "/api/alert-preferences/{preferenceId}",
    access: "write",
    tag: "Alert preferences",
    summary: "Remove an alert preference",
    answers: { 204: { description: "It is gone." } },
    errors: [404],
  },
});
