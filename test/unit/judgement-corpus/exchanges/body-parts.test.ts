import { type Doc, judged, writing } from "./judged.ts";

const body = (content: Doc, more: Doc = {}): Doc => ({ requestBody: { content, ...more } });

const form = (encoding: Doc, mediaType = "multipart/form-data"): Doc =>
  writing(
    body({
      [mediaType]: {
        schema: {
          type: "object",
          properties: {
            photo: { type: "string" },
            tags: { type: "array", items: { type: "string" } },
            note: { type: "object", properties: { a: { type: "string" } } },
          },
        },
        encoding,
      },
    }),
  );

judged<Doc>("the encoding of a part", form, [
  [
    "takes fewer types",
    { photo: { contentType: "image/png, image/jpeg" } },
    { photo: { contentType: "image/png" } },
    "breaking request-body-part-media-type-removed: POST /pets",
  ],
  [
    "takes more types",
    { photo: { contentType: "image/png" } },
    { photo: { contentType: "image/png, image/jpeg" } },
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "takes another type",
    { photo: { contentType: "image/png" } },
    { photo: { contentType: "image/jpeg" } },
    "breaking request-body-part-media-type-removed: POST /pets",
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "takes its types in another order",
    { photo: { contentType: "image/png, image/jpeg" } },
    { photo: { contentType: "image/jpeg,image/png" } },
  ],
  [
    "takes any image",
    { photo: { contentType: "image/png" } },
    { photo: { contentType: "image/*" } },
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "takes one image type only",
    { photo: { contentType: "image/*" } },
    { photo: { contentType: "image/png" } },
    "breaking request-body-part-media-type-removed: POST /pets",
  ],
  ["says the type that it had by default", {}, { note: { contentType: "application/json" } }],
  [
    "asks for another type than the default",
    {},
    { note: { contentType: "application/xml" } },
    "breaking request-body-part-media-type-removed: POST /pets",
    "safe request-body-part-media-type-added: POST /pets",
  ],
  [
    "asks for a header",
    {},
    { photo: { headers: { "X-Size": { required: true, schema: { type: "integer" } } } } },
    "breaking new-required-request-parameter: POST /pets",
  ],
  [
    "may have a header",
    {},
    { photo: { headers: { "X-Size": { schema: { type: "integer" } } } } },
    "safe new-optional-request-parameter: POST /pets",
  ],
  [
    "has no header any more",
    { photo: { headers: { "X-Size": { schema: { type: "integer" } } } } },
    {},
    "breaking request-parameter-removed: POST /pets",
  ],
  [
    "asks for the header that was optional",
    { photo: { headers: { "X-Size": { schema: { type: "integer" } } } } },
    { photo: { headers: { "X-Size": { required: true, schema: { type: "integer" } } } } },
    "breaking request-parameter-became-required: POST /pets",
  ],
  [
    "asks for no header that was required",
    { photo: { headers: { "X-Size": { required: true, schema: { type: "integer" } } } } },
    { photo: { headers: { "X-Size": { schema: { type: "integer" } } } } },
    "safe request-parameter-became-optional: POST /pets",
  ],
  [
    "has a header of a narrower type",
    { photo: { headers: { "X-Size": { schema: { type: "number" } } } } },
    { photo: { headers: { "X-Size": { schema: { type: "integer" } } } } },
    "breaking request-parameter-type-specialized: POST /pets",
  ],
  [
    "has the header Content-Type, which the specification ignores",
    {},
    { photo: { headers: { "Content-Type": { required: true, schema: { type: "string" } } } } },
  ],
  ["is said of a property that does not exist", {}, { nothing: { contentType: "image/png" } }],
  [
    "is joined with pipes",
    { tags: { style: "spaceDelimited" } },
    { tags: { style: "pipeDelimited" } },
    "breaking request-body-part-style-changed: POST /pets",
  ],
]);

judged<Doc>("the encoding of a form's field", (encoding) => form(encoding, "application/x-www-form-urlencoded"), [
  [
    "joins a list with commas instead of repeating the name",
    {},
    { tags: { style: "form", explode: false } },
    "breaking request-body-part-explode-changed: POST /pets",
  ],
  [
    "joins a list with pipes",
    { tags: { style: "form", explode: false } },
    { tags: { style: "pipeDelimited", explode: false } },
    "breaking request-body-part-style-changed: POST /pets",
  ],
  ["says the style of every form", {}, { tags: { style: "form" } }],
  [
    "writes an object in brackets",
    { note: { style: "form" } },
    { note: { style: "deepObject" } },
    "breaking request-body-part-style-changed: POST /pets",
  ],
  [
    "may hold reserved characters no longer",
    { photo: { allowReserved: true } },
    { photo: {} },
    "breaking request-body-part-reserved-characters-disallowed: POST /pets",
  ],
  [
    "may hold reserved characters",
    { photo: { style: "form" } },
    { photo: { style: "form", allowReserved: true } },
    "safe request-body-part-reserved-characters-allowed: POST /pets",
  ],
  [
    "has a header, which means nothing in a form",
    {},
    { photo: { headers: { "X-Size": { required: true, schema: { type: "integer" } } } } },
  ],
]);

judged<Doc>("an encoding where it means nothing", (encoding) => form(encoding, "application/json"), [
  ["in JSON", {}, { photo: { contentType: "image/png" } }],
]);
