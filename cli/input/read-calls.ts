import * as z from "zod";
import { UnreadableInputError } from "../errors.ts";

/** One call of an operation, as a file tells of it. */
export type Call = { consumer: string; method: string; url: string };

/** What a file tells of: calls, and owners of consumers where it names them. */
export type ReadCalls = { calls: Call[]; owners: Record<string, string> };

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as browsers and proxies save it. */
const har = z.looseObject({
  log: z.looseObject({
    entries: z.array(z.looseObject({ request: z.looseObject({ method: z.string(), url: z.string() }) })),
  }),
});

const attribute = z.looseObject({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) });

/** Traces in OTLP's JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
const traces = z.looseObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: z.array(attribute).default([]) }).optional(),
      scopeSpans: z
        .array(
          z.looseObject({
            spans: z
              .array(
                z.looseObject({
                  kind: z.union([z.number(), z.string()]).optional(),
                  attributes: z.array(attribute).default([]),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    }),
  ),
});

const list = z.array(
  z.strictObject({
    name: z.string().min(1),
    owner: z.string().min(1).optional(),
    operations: z.array(z.string().regex(/^\S+ \S+$/, 'is a method and a path, such as "GET /v1/pets/{petId}"')),
  }),
);

/**
 * Reads calls out of a list of consumers, a HAR file, or OpenTelemetry traces: one JSON document, or one a line as the
 * collector's file exporter writes them.
 *
 * @param consumer name for what a HAR file's calls are of, and for traces of a service without a name
 * @throws UnreadableInputError
 */
export function readCalls(path: string, content: string, consumer: string | undefined): ReadCalls {
  const documents = jsonDocuments(path, content);
  const needsConsumer = (): string => {
    if (consumer !== undefined) return consumer;
    throw new UnreadableInputError(path, "it does not say who makes the calls: name the service with --consumer");
  };
  const calls: Call[] = [];
  const owners: Record<string, string> = {};
  for (const document of documents) {
    const asHar = har.safeParse(document);
    const asTraces = traces.safeParse(document);
    if (asHar.success) {
      const name = needsConsumer();
      for (const { request } of asHar.data.log.entries) {
        calls.push({ consumer: name, method: request.method, url: request.url });
      }
    } else if (asTraces.success) calls.push(...callsOfTraces(asTraces.data, consumer, needsConsumer));
    else {
      const parsed = list.safeParse(document);
      if (!parsed.success) throw new UnreadableInputError(path, whyNot(document, parsed.error));
      for (const { name, owner, operations } of parsed.data) {
        if (owner !== undefined) owners[name] = owner;
        for (const operation of operations) {
          const [method = "", url = ""] = operation.split(" ");
          calls.push({ consumer: name, method, url });
        }
      }
    }
  }
  return { calls: eachShapeOnce(calls), owners };
}

function jsonDocuments(path: string, content: string): unknown[] {
  try {
    return [JSON.parse(content)];
  } catch (cause) {
    const lines = content.split("\n").filter((line) => line.trim() !== "");
    try {
      return lines.map((line) => JSON.parse(line));
    } catch {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UnreadableInputError(path, `it is not JSON: ${reason}`, { cause });
    }
  }
}

const whyNot = (document: unknown, error: z.ZodError): string => {
  const kinds = "a list of consumers, a HAR file or OpenTelemetry traces in JSON";
  if (!Array.isArray(document)) return `it is not ${kinds}`;
  const [issue] = error.issues;
  return `entry ${issue?.path.join(".")} ${issue?.message}`;
};

/** Calls that went out: spans of kind CLIENT, by the stable and by the older names of their attributes. */
function callsOfTraces(
  { resourceSpans }: z.output<typeof traces>,
  consumer: string | undefined,
  needsConsumer: () => string,
): Call[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = attributeOf(resource?.attributes ?? [], "service.name");
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .flatMap(({ kind, attributes }) => {
        if (kind !== 3 && kind !== "SPAN_KIND_CLIENT") return [];
        const method = attributeOf(attributes, "http.request.method", "http.method");
        const url = attributeOf(attributes, "url.full", "http.url");
        if (method === undefined || url === undefined) return [];
        return [{ consumer: consumer ?? service ?? needsConsumer(), method, url }];
      });
  });
}

const attributeOf = (attributes: readonly z.output<typeof attribute>[], ...keys: string[]): string | undefined =>
  keys.map((key) => attributes.find((one) => one.key === key)?.value.stringValue).find((value) => value !== undefined);

/**
 * One call of those that differ in nothing but query and ids: a file may hold a hundred thousand calls of ten operations.
 * Numbers, UUIDs and long hexadecimal words are ids; the path that is sent is one that was called.
 */
function eachShapeOnce(calls: readonly Call[]): Call[] {
  const shapes = new Map<string, Call>();
  for (const { consumer, method, url } of calls) {
    const bare = url.split(/[?#]/)[0] ?? "";
    const shape = bare.replaceAll(/\/(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,})(?=\/|$)/gi, "/*");
    shapes.set(`${consumer}\n${method}\n${shape}`, { consumer, method: method.toUpperCase(), url: bare });
  }
  return [...shapes.values()];
}
