import type { Method, Route } from "../../shared/contracts/api/route.ts";
import { type RouteName, routes } from "../../shared/contracts/api/routes.ts";
import { MethodNotAllowedError, RouteNotFoundError } from "./errors.ts";

type Entry = { name: RouteName; route: Route; segments: string[] };

export type RouteMatch = { name: RouteName; route: Route; params: Record<string, string> };

const isRouteName = (name: string): name is RouteName => Object.hasOwn(routes, name);

const entries: Entry[] = Object.keys(routes)
  .filter(isRouteName)
  .flatMap((name) => {
    const route: Route = routes[name];
    const bases = route.alsoUnder === undefined ? [""] : ["", route.alsoUnder];
    return bases.map((base) => ({ name, route, segments: `${base}${route.path}`.split("/") }));
  });

/**
 * The row of the table that a request is for. Our own, because `@middy/http-router` answers 404 where we owe 405 with
 * `Allow`, and because the table is at hand.
 *
 * @throws RouteNotFoundError when no row has this path
 * @throws MethodNotAllowedError when rows have it, with other methods
 */
export const matchRoute = (method: string, path: string): RouteMatch => {
  const segments = path.split("/");
  const samePath = entries.filter((entry) => entry.segments.length === segments.length && fits(entry, segments));
  if (samePath.length === 0) throw new RouteNotFoundError(path);
  const entry = samePath.find(({ route }) => route.method === method);
  if (entry === undefined) {
    const allowed = samePath.map(({ route }): Method => route.method).sort();
    throw new MethodNotAllowedError(method, allowed);
  }
  return { name: entry.name, route: entry.route, params: paramsOf(entry, segments) };
};

const isParam = (segment: string): boolean => segment.startsWith("{");

const fits = (entry: Entry, segments: string[]): boolean =>
  entry.segments.every((own, index) => (isParam(own) ? segments[index] !== "" : own === segments[index]));

const paramsOf = (entry: Entry, segments: string[]): Record<string, string> =>
  Object.fromEntries(
    entry.segments.flatMap((own, index) => (isParam(own) ? [[own.slice(1, -1), decode(segments[index] ?? "")]] : [])),
  );

/** What is not percent-encoding stays as it is: it is no id either way. */
const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
