type Waiver = { ids: readonly string[]; reason: string };

/** Rules that need no rule for the same edit with the two documents swapped, each with the reason. */
export const timeMirrorWaivers: readonly Waiver[] = [
  {
    ids: ["api-security-redundant-removed", "api-global-security-redundant-removed"],
    reason: "An alternative that is added is `api-security-added`, also where a part of it was enough.",
  },
  {
    ids: ["webhook-removed-with-deprecation"],
    reason: "A webhook that is added is `webhook-added`, whatever its age.",
  },
  {
    ids: ["api-version-decreased"],
    reason: "A version that grows is what versions are for.",
  },
  {
    ids: ["api-schema-removed"],
    reason: "A schema that is added is judged where it is used.",
  },
  {
    ids: [
      "api-path-removed-before-sunset",
      "api-path-removed-with-deprecation",
      "api-removed-without-deprecation",
      "api-removed-before-sunset",
      "api-removed-with-deprecation",
      "deprecated-endpoint-removed-without-sunset",
      "unstable-endpoint-removed",
    ],
    reason: "An operation that is added is `endpoint-added`, whatever its age and its neighbours.",
  },
  {
    ids: [
      "request-parameter-removed-before-sunset",
      "request-parameter-removed-with-deprecation",
      "unstable-request-parameter-removed",
      "deprecated-request-parameter-removed-without-sunset",
    ],
    reason: "A parameter that is added is judged by whether it is required, whatever its age.",
  },
  {
    ids: ["required-response-header-removed", "response-header-removed-with-deprecation"],
    reason: "A header that is added is `response-header-added`, required or not: clients ignore it.",
  },
  {
    ids: [
      "request-property-removed-before-sunset",
      "request-property-removed-with-deprecation",
      "unstable-request-property-removed",
      "response-property-removed-before-sunset",
      "response-property-removed-with-deprecation",
      "unstable-response-property-removed",
    ],
    reason: "A property that is added is judged by whether it is required, whatever its age.",
  },
  {
    ids: [
      "new-required-request-property-with-default",
      "request-property-removed-from-closed-object",
      "request-parameter-property-removed-from-closed-object",
    ],
    reason: "The mirror is the general rule: a default, or closedness, matters in one direction of time only.",
  },
];

/** Rules that need no rule for the other direction of travel, each with the reason. */
export const directionMirrorWaivers: readonly Waiver[] = [
  {
    ids: [
      "webhook-payload-added",
      "webhook-payload-removed",
      "webhook-payload-became-required",
      "webhook-payload-became-optional",
      "webhook-payload-media-type-added",
      "webhook-payload-media-type-removed",
      "webhook-parameter-added",
      "webhook-required-parameter-removed",
      "webhook-optional-parameter-removed",
      "webhook-parameter-renamed",
      "webhook-parameter-writing-changed",
      "webhook-parameter-became-required",
      "webhook-parameter-became-optional",
    ],
    reason: "What a client sends has these rules under the names of an ordinary request.",
  },
  {
    ids: [
      "webhook-answer-status-added",
      "webhook-answer-status-removed",
      "webhook-answer-status-generalized",
      "webhook-answer-status-specialized",
    ],
    reason: "What a client receives has these rules under the names of an ordinary response.",
  },
  {
    ids: [
      "new-request-path-parameter",
      "request-path-parameter-removed",
      "request-path-parameter-renamed",
      "deprecated-request-parameter-removed-without-sunset",
      "unstable-request-parameter-removed",
      "request-parameter-moved",
      "request-parameter-renamed",
      "request-parameter-removed-before-sunset",
      "request-parameter-deprecated-with-sunset",
      "request-parameter-sunset-added",
      "request-parameter-sunset-deleted",
      "request-parameter-sunset-date-changed-too-small",
      "request-parameter-sunset-date-postponed",
      "request-parameter-sunset-date-too-small",
      "request-parameter-stability-decreased",
      "request-parameter-stability-increased",
      "request-parameter-reserved-characters-disallowed",
      "request-parameter-reserved-characters-allowed",
      "request-parameter-empty-value-disallowed",
      "request-parameter-empty-value-allowed",
      "new-required-request-parameter-property",
    ],
    reason: "Responses have headers and no parameters: no path, no style of writing, no lifecycle of their own.",
  },
  {
    ids: [
      "request-body-added-required",
      "request-body-added-optional",
      "request-body-removed",
      "request-body-became-required",
      "request-body-became-optional",
    ],
    reason: "A response is there or not by its status, which has rules of its own.",
  },
  {
    ids: ["request-body-part-reserved-characters-allowed", "request-body-part-reserved-characters-disallowed"],
    reason: "Whether a value that is received is encoded, its reader sees.",
  },
  {
    ids: [
      "response-success-status-added",
      "response-success-status-removed",
      "response-non-success-status-added",
      "response-non-success-status-removed",
      "response-success-status-generalized",
      "response-success-status-specialized",
      "response-non-success-status-generalized",
      "response-non-success-status-specialized",
    ],
    reason: "Requests have no status.",
  },
  {
    ids: ["new-required-request-property-with-default", "request-property-became-required-with-default"],
    reason: "A default is what a server does without a value; it means nothing in a response.",
  },
];
