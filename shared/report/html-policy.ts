import { createHash } from "node:crypto";
import { htmlScript } from "./html-script.ts";

const scriptHash = createHash("sha256").update(htmlScript).digest("base64");

/** What the page allows itself: its own style and its own script, and nothing that a document might bring in. */
export const htmlMetaPolicy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'; base-uri 'none'; form-action 'none'`;

/** The same as a header, with what only a header can say. */
export const htmlContentSecurityPolicy = `${htmlMetaPolicy}; frame-ancestors 'none'; sandbox allow-scripts`;
