import { type ApiEvent, headerOf } from "./request.ts";
import { type ApiResponse, emptyResponse } from "./response.ts";

/**
 * 304 in the place of an answer that the client has already: `If-None-Match` names its `ETag`, compared weakly, or `*`
 * (RFC 9110, section 13.1.2).
 */
export const unlessMatched = (event: ApiEvent, response: ApiResponse): ApiResponse => {
  const etag = response.headers.etag;
  const asked = headerOf(event, "if-none-match");
  if (etag === undefined || asked === undefined || response.statusCode !== 200) return response;
  const known = asked.split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (!known.includes("*") && !known.includes(etag.replace(/^W\//, ""))) return response;
  const { "content-type": _, ...headers } = response.headers;
  return { ...emptyResponse(304), headers };
};
