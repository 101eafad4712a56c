import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Choices } from "../../simulation/choices.ts";
import type { DocumentVersion } from "./documents.ts";

/** One request and what an honest host would answer it with. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  document: DocumentVersion;
  choices: Choices;
};

/**
 * One manner of answering. `serves`: what it gives away when it comes through whole: the bytes of the document, in one of its
 * forms; the true news that nothing changed; or nothing that says anything about the document.
 */
type Manner = {
  serves: "plain" | "rewritten" | "validated" | "nothing";
  answer(exchange: Exchange): void | Promise<void>;
};

const json = { "content-type": "application/json" };
const drips = 5;
/** A host that hangs is hung up on after this long, as not every fetch has the shortest time limit. */
const hangsMs = 6_000;

const sendPlain = ({ response, document }: Exchange): void =>
  void response.writeHead(200, { ...json, etag: document.etag }).end(document.plain);

/** Manners by name. Every host is `honest` between its lies. */
export const manners = {
  honest: { serves: "plain", answer: sendPlain },
  unchanged: {
    serves: "validated",
    answer: ({ response, document }) => void response.writeHead(304, { etag: document.etag }).end(),
  },
  inOtherWords: {
    serves: "rewritten",
    answer: ({ response, document }) =>
      void response.writeHead(200, { "content-type": "application/yaml" }).end(document.rewritten),
  },
  /** Says that it is new each time it is asked. */
  underAnotherTag: {
    serves: "plain",
    answer: ({ response, document, choices }) =>
      void response.writeHead(200, { ...json, etag: `"${choices.pick(1e9)}"` }).end(document.plain),
  },
  calledHtml: {
    serves: "plain",
    answer: ({ response, document }) =>
      void response.writeHead(200, { "content-type": "text/html" }).end(document.plain),
  },
  slow: {
    serves: "plain",
    async answer({ response, document: { plain, etag }, choices }) {
      response.writeHead(200, { ...json, etag, "content-length": plain.byteLength });
      const size = Math.ceil(plain.byteLength / drips);
      for (let drip = 0; drip < drips; drip += 1) {
        response.write(plain.subarray(drip * size, (drip + 1) * size));
        await sleep(choices.pick(500));
      }
      response.end();
    },
  },
  hanging: {
    serves: "nothing",
    async answer({ response, document: { plain } }) {
      response.writeHead(200, { ...json, "content-length": plain.byteLength });
      response.write(plain.subarray(0, plain.byteLength / 2));
      await sleep(hangsMs);
      response.destroy();
    },
  },
  reset: { serves: "nothing", answer: ({ request }) => void request.socket.resetAndDestroy() },
  brokenOff: {
    serves: "nothing",
    answer({ response, document: { plain } }) {
      response.writeHead(200, { ...json, "content-length": plain.byteLength });
      response.write(plain.subarray(0, plain.byteLength / 2), () => response.destroy());
    },
  },
  /** Half of it, and calls that all. */
  cutShort: {
    serves: "nothing",
    answer: ({ response, document: { plain } }) =>
      void response.writeHead(200, { ...json, etag: '"cut"' }).end(plain.subarray(0, plain.byteLength / 2)),
  },
  saysUnchanged: {
    serves: "nothing",
    answer: ({ request, response }) =>
      void response.writeHead(304, { etag: request.headers["if-none-match"] ?? '"lie"' }).end(),
  },
  loginPage: {
    serves: "nothing",
    answer: ({ response }) =>
      void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Log in</title>"),
  },
  calledGzip: {
    serves: "nothing",
    answer: ({ response, document }) =>
      void response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(document.plain),
  },
  missing: { serves: "nothing", answer: ({ response }) => void response.writeHead(404).end() },
  /** To an address of ours that nobody may be led to. */
  ledAstray: {
    serves: "nothing",
    answer: ({ response }) => void response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
  },
  down: {
    serves: "nothing",
    answer: ({ response, choices }) =>
      void response.writeHead(503, choices.happens(300) ? { "retry-after": `${1 + choices.pick(3)}` } : {}).end(),
  },
  tooMany: {
    serves: "nothing",
    answer({ response, choices }) {
      const seconds = 1 + choices.pick(3);
      const until = new Date(Date.now() + seconds * 1000).toUTCString();
      response.writeHead(429, { "retry-after": choices.happens(500) ? `${seconds}` : until }).end();
    },
  },
} as const satisfies Record<string, Manner>;

export type MannerName = keyof typeof manners;
