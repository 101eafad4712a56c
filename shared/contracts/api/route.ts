import type * as z from "zod";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Methods of requests that have a body. */
export const takesBody = (method: Method): boolean => method === "POST" || method === "PUT" || method === "PATCH";

/**
 * Who may call a route. `read` and `write` are scopes of a tenant's key; `admin` is the bootstrap key alone, which in turn
 * may call no tenant's route. `read-or-admin` takes both: what operators have of their own is shown by a tenants' route.
 */
export type Access = "public" | "admin" | "read" | "write" | "read-or-admin";

/** JSON of `schema`, a file of one of `mediaTypes`, whichever of both the caller asks for, or nothing at all. */
export type AnswerSpec = {
  description: string;
  schema?: z.ZodType;
  mediaTypes?: readonly string[];
  location?: true;
  /** What else its headers say, by name. */
  headers?: Readonly<Record<string, string>>;
};

/** An object, or one of several that a field tells apart. */
export type RouteBody = z.ZodObject | z.ZodDiscriminatedUnion;

/**
 * One row of the API. The same row drives the router, the validation of requests, the OpenAPI document and the typed
 * client; its key in the table is the operation's id and the name of its handler.
 */
export type Route = {
  method: Method;
  /** Path template: `/api/dependencies/{dependencyId}`. */
  path: `/${string}`;
  /** A base under which the route is served too. */
  alsoUnder?: "/api/v1";
  /** Path parameters that are no ids: texts of at most 200 characters. */
  freeParams?: readonly string[];
  access: Access;
  tag: string;
  summary: string;
  description?: string;
  query?: z.ZodObject;
  /** Headers that the route reads, by their names; one that is not optional must be sent. */
  headers?: z.ZodObject;
  body?: RouteBody;
  /** Takes a file as `multipart/form-data`, in this field, instead of a `body`. */
  upload?: { field: string };
  /** Of the JSON text in UTF-8, or of the whole form. @default 1 MiB */
  maxBodyBytes?: number;
  /** The answer shows a secret once, so it is not kept in the clear for replays. */
  answersSecret?: true;
  /** A POST that only computes: it can be sent again without an `Idempotency-Key`, and one is not looked at. */
  changesNothing?: true;
  /** Successful answers by status. */
  answers: Readonly<Record<number, AnswerSpec>>;
  /** Status of a request that the schemas refuse. @default 400 */
  invalidStatus?: 422;
  /** Status when we cannot answer. @default 500 */
  outageStatus?: 503;
  /** Statuses of errors that are this route's own: 400 and 401 and 403 go without saying. */
  errors?: readonly (404 | 406 | 409 | 413 | 422)[];
};

/** Types a table of routes exactly: literal methods, paths and statuses. */
export const defineRoutes = <const R extends Readonly<Record<string, Route>>>(routes: R): R => routes;

type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** Path parameters of a route: one text each. */
export type ParamsOf<R extends Route> = { [Name in ParamName<R["path"]>]: string };
/** What the handler gets: defaults filled in. */
export type QueryOf<R extends Route> = R["query"] extends z.ZodType ? z.output<R["query"]> : Record<never, never>;
export type HeadersOf<R extends Route> = R["headers"] extends z.ZodType ? z.output<R["headers"]> : Record<never, never>;
export type BodyOf<R extends Route> = R["upload"] extends { field: string } ? UploadedFile : JsonBody<R>;
type JsonBody<R extends Route> = R["body"] extends z.ZodType ? z.output<R["body"]> : Record<never, never>;
/** A file of a form. */
export type UploadedFile = { fileName: string; contentType: string; bytes: Uint8Array };

/** What a client sends: what has a default may be left out. */
export type QueryInputOf<R extends Route> = R["query"] extends z.ZodType ? z.input<R["query"]> : Record<never, never>;
export type BodyInputOf<R extends Route> = R["body"] extends z.ZodType ? z.input<R["body"]> : Record<never, never>;

/** A body that is sent as it is. */
export type FileBody = { bytes: Uint8Array; mediaType: string };

type JsonBodyOf<A extends AnswerSpec> = A extends { schema: infer Schema extends z.ZodType } ? z.output<Schema> : never;
type FileBodyOf<A extends AnswerSpec> = A extends { mediaTypes: readonly string[] } ? FileBody : never;

export type AnswerBodyOf<A extends AnswerSpec> = A extends { schema: unknown } | { mediaTypes: unknown }
  ? JsonBodyOf<A> | FileBodyOf<A>
  : undefined;

/** Every successful answer of a route: its status with the body that belongs to it. */
export type AnswerOf<R extends Route> = {
  [Status in keyof R["answers"] & number]: {
    status: Status;
    body: AnswerBodyOf<R["answers"][Status]>;
    headers?: Record<string, string>;
  };
}[keyof R["answers"] & number];
