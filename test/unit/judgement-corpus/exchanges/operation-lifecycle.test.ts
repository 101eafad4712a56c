import { api, type Doc, done, judged, reading } from "./judged.ts";

const withList = (remove: Doc | undefined) =>
  api({ "/pets": { get: done, ...(remove && { delete: { ...done, ...remove } }) } });

judged<Doc | undefined>("an operation that is removed while its path stays", withList, [
  ["was never deprecated", {}, undefined, "breaking api-removed-without-deprecation: DELETE /pets"],
  [
    "says that it is not deprecated",
    { deprecated: false },
    undefined,
    "breaking api-removed-without-deprecation: DELETE /pets",
  ],
  [
    "was deprecated, with a sunset in the past",
    { deprecated: true, "x-sunset": "2025-12-31" },
    undefined,
    "safe api-removed-with-deprecation: DELETE /pets",
  ],
  [
    "was deprecated, with its sunset on the very day",
    { deprecated: true, "x-sunset": "2026-01-01" },
    undefined,
    "safe api-removed-with-deprecation: DELETE /pets",
  ],
  [
    "was deprecated, with a sunset tomorrow",
    { deprecated: true, "x-sunset": "2026-01-02" },
    undefined,
    "breaking api-removed-before-sunset: DELETE /pets",
  ],
  [
    "was deprecated, with a sunset in ten years",
    { deprecated: true, "x-sunset": "2036-01-01" },
    undefined,
    "breaking api-removed-before-sunset: DELETE /pets",
  ],
  [
    "was deprecated, with a passed sunset written as a time",
    { deprecated: true, "x-sunset": "2025-12-01T00:00:00Z" },
    undefined,
    "safe api-removed-with-deprecation: DELETE /pets",
  ],
  [
    "was deprecated, with a coming sunset written as a time",
    { deprecated: true, "x-sunset": "2026-12-01T00:00:00Z" },
    undefined,
    "breaking api-removed-before-sunset: DELETE /pets",
  ],
  [
    "was deprecated, with a sunset as an HTTP date that has passed",
    { deprecated: true, "x-sunset": "Mon, 01 Dec 2025 00:00:00 GMT" },
    undefined,
    "safe api-removed-with-deprecation: DELETE /pets",
  ],
  [
    "was deprecated, without a sunset",
    { deprecated: true },
    undefined,
    "risky deprecated-endpoint-removed-without-sunset: DELETE /pets",
  ],
  [
    "was deprecated, with a sunset that is no date",
    { deprecated: true, "x-sunset": "soon" },
    undefined,
    "risky deprecated-endpoint-removed-without-sunset: DELETE /pets",
  ],
  [
    "was deprecated, with a day that does not exist",
    { deprecated: true, "x-sunset": "2025-02-30" },
    undefined,
    "risky deprecated-endpoint-removed-without-sunset: DELETE /pets",
  ],
  [
    "had a passed sunset but was not deprecated",
    { "x-sunset": "2025-12-01" },
    undefined,
    "breaking api-removed-without-deprecation: DELETE /pets",
  ],
  ["was a draft", { "x-stability-level": "draft" }, undefined, "safe unstable-endpoint-removed: DELETE /pets"],
  ["was alpha", { "x-stability-level": "alpha" }, undefined, "safe unstable-endpoint-removed: DELETE /pets"],
  ["was beta", { "x-stability-level": "beta" }, undefined, "breaking api-removed-without-deprecation: DELETE /pets"],
  [
    "was stable",
    { "x-stability-level": "stable" },
    undefined,
    "breaking api-removed-without-deprecation: DELETE /pets",
  ],
  [
    "had a stability level that nobody knows",
    { "x-stability-level": "gold" },
    undefined,
    "breaking api-removed-without-deprecation: DELETE /pets",
  ],
  [
    "was beta and deprecated, with a passed sunset",
    { "x-stability-level": "beta", deprecated: true, "x-sunset": "2025-12-01" },
    undefined,
    "safe api-removed-with-deprecation: DELETE /pets",
  ],
  ["is new", undefined, {}, "safe endpoint-added: DELETE /pets"],
  ["is new, and deprecated from the start", undefined, { deprecated: true }, "safe endpoint-added: DELETE /pets"],
]);

judged<Doc | undefined>(
  "a path that is removed with all its operations",
  (item) => api({ "/cats": { get: done }, ...(item && { "/pets": item }) }),
  [
    ["with one operation", { get: done }, undefined, "breaking api-path-removed-without-deprecation: GET /pets"],
    [
      "with two operations",
      { get: done, post: done },
      undefined,
      "breaking api-path-removed-without-deprecation: GET /pets",
      "breaking api-path-removed-without-deprecation: POST /pets",
    ],
    [
      "of which one was past its sunset",
      { get: done, post: { ...done, deprecated: true, "x-sunset": "2025-01-01" } },
      undefined,
      "breaking api-path-removed-without-deprecation: GET /pets",
      "safe api-path-removed-with-deprecation: POST /pets",
    ],
    [
      "all past their sunset",
      { get: { ...done, deprecated: true, "x-sunset": "2025-01-01" } },
      undefined,
      "safe api-path-removed-with-deprecation: GET /pets",
    ],
    [
      "before its sunset",
      { get: { ...done, deprecated: true, "x-sunset": "2027-01-01" } },
      undefined,
      "breaking api-path-removed-before-sunset: GET /pets",
    ],
    ["without operations, only a description", { description: "Pets" }, undefined],
    ["is emptied", { get: done }, {}, "breaking api-path-removed-without-deprecation: GET /pets"],
    ["is new", undefined, { get: done }, "safe endpoint-added: GET /pets"],
  ],
);

judged<Doc>("the announced life of an operation", reading, [
  ["is deprecated", {}, { deprecated: true }, "safe endpoint-deprecated: GET /pets"],
  [
    "is deprecated with a sunset in a year",
    {},
    { deprecated: true, "x-sunset": "2027-01-01" },
    "safe endpoint-deprecated-with-sunset: GET /pets",
  ],
  ["says that it is not deprecated, as before", {}, { deprecated: false }],
  ["is no longer deprecated", { deprecated: true }, { deprecated: false }, "safe endpoint-reactivated: GET /pets"],
  [
    "gets a sunset",
    { deprecated: true },
    { deprecated: true, "x-sunset": "2027-01-01" },
    "safe sunset-added: GET /pets",
  ],
  [
    "gets a sunset that has already passed",
    { deprecated: true },
    { deprecated: true, "x-sunset": "2025-01-01" },
    "breaking api-sunset-date-too-small: GET /pets",
  ],
  [
    "has a later sunset",
    { deprecated: true, "x-sunset": "2027-01-01" },
    { deprecated: true, "x-sunset": "2028-01-01" },
    "safe api-sunset-date-postponed: GET /pets",
  ],
  [
    "has an earlier sunset",
    { deprecated: true, "x-sunset": "2028-01-01" },
    { deprecated: true, "x-sunset": "2027-01-01" },
    "breaking api-sunset-date-changed-too-small: GET /pets",
  ],
  [
    "has the same sunset, written as a time",
    { deprecated: true, "x-sunset": "2027-01-01" },
    { deprecated: true, "x-sunset": "2027-01-01T00:00:00Z" },
  ],
  [
    "lost its sunset",
    { deprecated: true, "x-sunset": "2027-01-01" },
    { deprecated: true },
    "risky sunset-deleted: GET /pets",
  ],
  [
    "has a sunset that is no date any more",
    { deprecated: true, "x-sunset": "2027-01-01" },
    { deprecated: true, "x-sunset": "soon" },
    "risky sunset-deleted: GET /pets",
  ],
  [
    "has a sunset that is a date at last",
    { deprecated: true, "x-sunset": "soon" },
    { deprecated: true, "x-sunset": "2027-01-01" },
    "safe sunset-added: GET /pets",
  ],
  [
    "is beta instead of stable",
    { "x-stability-level": "stable" },
    { "x-stability-level": "beta" },
    "breaking api-stability-decreased: GET /pets",
  ],
  [
    "is draft instead of alpha",
    { "x-stability-level": "alpha" },
    { "x-stability-level": "draft" },
    "breaking api-stability-decreased: GET /pets",
  ],
  [
    "is stable instead of beta",
    { "x-stability-level": "beta" },
    { "x-stability-level": "stable" },
    "safe api-stability-increased: GET /pets",
  ],
  ["is said to be stable, which nobody doubted", {}, { "x-stability-level": "stable" }],
  [
    "is alpha, where nothing was said",
    {},
    { "x-stability-level": "alpha" },
    "breaking api-stability-decreased: GET /pets",
  ],
  [
    "has a stability level that nobody knows",
    {},
    { "x-stability-level": "gold" },
    "risky api-invalid-stability-level: GET /pets",
  ],
]);
