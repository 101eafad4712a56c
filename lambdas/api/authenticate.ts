import type { Access } from "../../shared/contracts/api/route.ts";
import { ForbiddenError, UnauthorizedError } from "../../shared/tenants/errors.ts";
import type { ApiKeyScope, Principal } from "../../shared/tenants/tenant.ts";
import { type CallerContext, callerContext } from "./caller-context.ts";
import { AuthenticationFailedError } from "./errors.ts";

const isScope = (text: string): text is ApiKeyScope => text === "read" || text === "write";

/**
 * The caller of a route, when it may call it. Whatever is not a context of our own authorizer counts as no credential, so
 * a route without an authorizer in front of it lets nobody in.
 *
 * @param context `requestContext.authorizer.lambda` of the event
 * @returns `undefined` on public routes
 * @throws UnauthorizedError, ForbiddenError, AuthenticationFailedError
 */
export const authenticate = (access: Access, context: unknown): Principal | undefined => {
  if (access === "public") return undefined;
  const parsed = callerContext.safeParse(context);
  const principal = principalOf(parsed.success ? parsed.data : { kind: "missing" });
  if (access === "admin") {
    if (principal.kind !== "admin") throw new ForbiddenError("this route takes the admin key only");
    return principal;
  }
  if (principal.kind === "admin" && access === "read-or-admin") return principal;
  if (principal.kind !== "tenant") {
    throw new ForbiddenError("the admin key is for operators' routes only: use an API key of the tenant");
  }
  const scope = access === "read-or-admin" ? "read" : access;
  if (!principal.scopes.includes(scope)) {
    throw new ForbiddenError(`this API key lacks the scope ${scope}: use a key that has it`);
  }
  return principal;
};

const principalOf = (caller: CallerContext): Principal => {
  switch (caller.kind) {
    case "tenant":
      return { ...caller, scopes: caller.scopes.split(" ").filter(isScope) };
    case "admin":
      return { kind: "admin" };
    case "missing":
      throw new UnauthorizedError("send an API key: Authorization: Bearer <key>");
    case "unknown":
      throw new UnauthorizedError("the API key is not known: check that it was copied whole");
    case "revoked":
      throw new UnauthorizedError("the API key was revoked: use another one");
    case "failed":
      throw new AuthenticationFailedError();
  }
};
