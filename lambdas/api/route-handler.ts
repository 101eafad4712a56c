import type { AnswerOf, BodyOf, HeadersOf, ParamsOf, QueryOf, Route } from "../../shared/contracts/api/route.ts";
import type { Principal } from "../../shared/tenants/tenant.ts";
import type { AdminPrincipal, TenantPrincipal } from "./caller-context.ts";

/** Who calls a route: certain once the route's access was checked. */
export type CallerOf<R extends Route> = R["access"] extends "public"
  ? undefined
  : R["access"] extends "admin"
    ? AdminPrincipal
    : R["access"] extends "read-or-admin"
      ? Principal
      : TenantPrincipal;

/** A request as its route's schemas read it. */
export type RequestOf<R extends Route> = {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  headers: HeadersOf<R>;
  body: BodyOf<R>;
  caller: CallerOf<R>;
  /** The `Accept` header. */
  accept: string | undefined;
};

export type RouteHandler<R extends Route> = (request: RequestOf<R>) => Promise<AnswerOf<R>>;

/** A handler for each row of a table: a missing one does not compile. */
export type HandlersOf<Table extends Readonly<Record<string, Route>>> = {
  [Name in keyof Table]: RouteHandler<Table[Name]>;
};
