import { type IncomingMessage, request, type ServerResponse } from "node:http";

/**
 * Sends a request on to `target`, with `body` for its own.
 * @param answerTo gets the answer; without it the answer is lost
 */
export const passOn = (target: URL, message: IncomingMessage, body: string, answerTo?: ServerResponse): void => {
  const { hostname, port } = target;
  const { method, url: path } = message;
  const headers = { ...message.headers, "content-length": Buffer.byteLength(body) };
  const upstream = request({ hostname, port, method, path, headers }, (answer) => {
    if (answerTo === undefined) return void answer.resume();
    answerTo.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(answerTo);
  });
  upstream.on("error", () => answerTo?.destroy());
  upstream.end(body);
};
