import type fc from "fast-check";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import { openapi3Arbitrary } from "./document-arbitrary.ts";
import { swagger2Arbitrary } from "./swagger2-arbitrary.ts";

/** Documents of every version that is read, by its name. */
export const documentsByVersion: [version: string, documents: fc.Arbitrary<JsonObject>][] = [
  ["Swagger 2.0", swagger2Arbitrary],
  ["OpenAPI 3.0", openapi3Arbitrary("3.0.3")],
  ["OpenAPI 3.1", openapi3Arbitrary("3.1.0")],
  ["OpenAPI 3.2", openapi3Arbitrary("3.2.0")],
];
