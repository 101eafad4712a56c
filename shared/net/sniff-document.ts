import { urlForMessage } from "./address-guard.ts";
import { EmptyDocumentError, HtmlPageError, NotADocumentError } from "./errors.ts";

/** Enough for a title behind a long head; a document shows what it is in its first line. */
const inspectedBytes = 16 * 1024;

/** First bytes of the formats that people point at by mistake, in Latin-1. */
const signatures: ReadonlyArray<[prefix: string, found: string]> = [
  ["%PDF-", "a PDF file"],
  ["PK\x03\x04", "a ZIP archive (or an Office file)"],
  ["PK\x05\x06", "an empty ZIP archive"],
  ["\x1f\x8b", "a gzip archive that is served as a file"],
  ["\x28\xb5\x2f\xfd", "a Zstandard archive"],
  ["BZh", "a bzip2 archive"],
  ["\xfd7zXZ", "an xz archive"],
  ["7z\xbc\xaf", "a 7-Zip archive"],
  ["Rar!", "a RAR archive"],
  ["\x89PNG", "a PNG image"],
  ["\xff\xd8\xff", "a JPEG image"],
  ["GIF8", "a GIF image"],
  ["RIFF", "a media file"],
  ["\x7fELF", "a program"],
  ["MZ\x90", "a program"],
  ["\xd0\xcf\x11\xe0", "an Office file"],
  ["\x00asm", "a WebAssembly module"],
];

const blankBytes = new Set([0x00, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff]);

/**
 * Refuses what is certainly not an OpenAPI text, with a reason that says what to do. The `Content-Type` is not believed:
 * many real documents are served as `text/plain` or `application/octet-stream`. Bytes are left as they are; which
 * encoding they are in is for the parser.
 *
 * @param source `contentType` only makes the message clearer; `url` as fetched
 * @throws EmptyDocumentError | HtmlPageError | NotADocumentError
 */
export function assertLooksLikeDocument(body: Uint8Array, source: { contentType?: string; url: string }): void {
  const url = URL.canParse(source.url) ? urlForMessage(new URL(source.url)) : source.url;
  const head = body.subarray(0, inspectedBytes);
  if (head.every((byte) => blankBytes.has(byte)) && body.every((byte) => blankBytes.has(byte))) {
    throw new EmptyDocumentError(url);
  }
  const latin1 = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  const known = signatures.find(([prefix]) => latin1.startsWith(prefix));
  if (known !== undefined) throw new NotADocumentError(url, known[1]);

  const text = decodeHead(head);
  if (text === undefined) {
    const served = source.contentType === undefined ? "" : ` (${source.contentType})`;
    throw new NotADocumentError(url, `binary data${served}`);
  }
  const markup = text.replace(/^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*/, "");
  if (/^<(!doctype\s+html|html|head|body|title|meta|script|div|center|h1|p)\b/i.test(markup)) {
    throw new HtmlPageError(describePage(markup, url));
  }
  // YAML's merge key `<<` is the only text of a document that may begin with this sign.
  if (/^<[a-z!?]/i.test(markup)) throw new NotADocumentError(url, "XML");
}

/** Text of the head, or `undefined` when it is not text. UTF-16 is recognised, with or without a byte order mark. */
function decodeHead(head: Uint8Array): string | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = head;
  // The first two characters of JSON and YAML are ASCII (RFC 4627, section 3), so zeros give the encoding away.
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return decode(head, "utf-16le");
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0 && d !== 0)) return decode(head, "utf-16be");
  const isText = head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c);
  return isText ? decode(head, "utf-8") : undefined;
}

const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);

function describePage(markup: string, url: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(markup)?.[1]?.replace(/\s+/g, " ").trim().slice(0, 100);
  const page = `${url} is an HTML page${title ? ` ("${title}")` : ""}, not an OpenAPI document.`;
  return `${page} ${adviceFor(markup, title ?? "", url)}`;
}

function adviceFor(markup: string, title: string, url: string): string {
  const isLogin = /type=["']?password/i.test(markup) || /\b(sign|log)[ -]?in\b/i.test(title);
  if (isLogin) return "It asks to log in: give a public URL, or set an authorization header for this dependency.";
  if (/^https?:\/\/github\.com\/[^/]+\/[^/]+\/blob\//.test(url)) {
    return 'Use the address of its "Raw" button, on raw.githubusercontent.com.';
  }
  if (/swagger-ui|redoc|scalar|stoplight|rapidoc/i.test(markup)) {
    return "It is a viewer of API documentation: give the URL of the JSON or YAML file that it loads.";
  }
  if (/\b(error|not found|unavailable|forbidden|denied|maintenance|40[0-9]|50[0-9])\b/i.test(title)) {
    return "It looks like an error page: open the URL in a browser and check where the document is now.";
  }
  return "Give the URL of the JSON or YAML text itself.";
}
