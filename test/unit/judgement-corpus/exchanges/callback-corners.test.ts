import { type Doc, done, json, judged, pet, writing } from "./judged.ts";

const sent = (schema: Doc): Doc => ({ ...done, requestBody: { required: true, content: json(schema) } });
const more: Doc = { ...pet, required: ["name", "age"] };
const [here, there] = ["{$request.body#/url}", "{$request.body#/hook}"];

judged<Doc>("the callbacks of an operation", (callbacks) => writing({ callbacks }), [
  [
    "trade their addresses",
    { born: { [here]: { post: sent(pet) } }, sold: { [there]: { post: sent(pet) } } },
    { born: { [there]: { post: sent(pet) } }, sold: { [here]: { post: sent(pet) } } },
    "breaking callback-redirected: POST /pets",
    "breaking callback-redirected: POST /pets",
    "2 causes",
  ],
  [
    "are two under one name, of which one is sent elsewhere",
    { born: { [here]: { post: sent(pet) }, [there]: { post: sent(pet) } } },
    { born: { [here]: { post: sent(pet) }, "{$request.body#/other}": { post: sent(pet) } } },
    "breaking callback-redirected: POST /pets",
  ],
  [
    "keep one of two addresses and bring more there",
    { born: { [here]: { post: sent(pet) } }, sold: { [there]: { post: sent(pet) } } },
    { born: { [here]: { post: sent(more) } } },
    "breaking callback-removed: POST /pets",
    "safe response-property-became-required: POST /pets",
    "2 causes",
  ],
  [
    "are made with another method and bring more",
    { born: { [here]: { post: sent(pet) } } },
    { born: { [here]: { put: sent(more) } } },
    "breaking callback-method-changed: POST /pets",
    "safe response-property-became-required: POST /pets",
    "2 causes",
  ],
  [
    "are made with two other methods",
    { born: { [here]: { post: sent(pet), put: sent(pet) } } },
    { born: { [here]: { patch: sent(pet), delete: done } } },
    "breaking callback-method-removed: POST /pets",
    "breaking callback-method-removed: POST /pets",
    "safe callback-method-added: POST /pets",
    "safe callback-method-added: POST /pets",
    "4 causes",
  ],
  [
    "lose one of two methods",
    { born: { [here]: { post: sent(pet), put: sent(pet) } } },
    { born: { [here]: { post: sent(pet) } } },
    "breaking callback-method-removed: POST /pets",
  ],
  [
    "are made with one method for two",
    { born: { [here]: { post: sent(pet), put: sent(pet) } } },
    { born: { [here]: { patch: sent(pet) } } },
    "breaking callback-method-removed: POST /pets",
    "breaking callback-method-removed: POST /pets",
    "safe callback-method-added: POST /pets",
    "3 causes",
  ],
]);
