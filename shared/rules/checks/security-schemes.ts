import { canonicalText } from "../../diff/json.ts";
import type { JsonValue, SecuritySchemeNode } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Scheme = { [key: string]: JsonValue };

const withScheme = (login: Scheme | undefined) =>
  documentWith({ components: { securitySchemes: login === undefined ? {} : { login } } });
const key: Scheme = { type: "apiKey", in: "header", name: "x-key" };
const oauth = (scopes: { [name: string]: string }, host = "pets.example"): Scheme => ({
  type: "oauth2",
  flows: {
    authorizationCode: { authorizationUrl: `https://${host}/login`, tokenUrl: "https://pets.example/token", scopes },
  },
});
const bearer = (bearerFormat: string): Scheme => ({ type: "http", scheme: "bearer", bearerFormat });
const openId = (openIdConnectUrl: string): Scheme => ({ type: "openIdConnect", openIdConnectUrl });
const refreshedAt = (refreshUrl: string): Scheme => ({
  type: "oauth2",
  flows: { clientCredentials: { tokenUrl: "https://pets.example/token", refreshUrl, scopes: {} } },
});
const otherTokenUrl: Scheme = {
  type: "oauth2",
  flows: {
    authorizationCode: {
      authorizationUrl: "https://pets.example/login",
      tokenUrl: "https://tokens.example",
      scopes: { read: "Read" },
    },
  },
};

const rule = { direction: "none", area: "security" } as const;
const nothing = "Nothing has to be done.";

export const securitySchemeCheck = defineCheck({
  rules: {
    "api-security-component-added": {
      ...rule,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "added the security scheme {scheme}",
      why: "A scheme on its own asks nobody for anything.",
      migration: nothing,
      example: exampleOf(withScheme, undefined, key),
    },
    "api-security-component-removed": {
      ...rule,
      level: "safe",
      kind: "existence",
      action: "remove",
      message: "removed the security scheme {scheme}",
      why: "Where operations asked for it, that change is a finding of its own.",
      migration: nothing,
      example: exampleOf(withScheme, key, undefined),
    },
    "api-security-component-type-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the security scheme {scheme} is {after} instead of {before}",
      why: "Credentials of the old kind are refused.",
      migration: "Get credentials of the new kind and change how your code sends them.",
      example: exampleOf(withScheme, key, { type: "http", scheme: "bearer" }),
    },
    "api-security-component-place-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the credential of {scheme} is sent as {after} instead of {before}",
      why: "A credential in the old place is not found.",
      migration: "Send the credential in the new place.",
      example: exampleOf(withScheme, key, { ...key, name: "x-api-key" }),
    },
    "api-security-component-oauth-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the authorization URL of {scheme} changed from {before} to {after}",
      why: "Users are sent to the old address to log in until clients follow.",
      migration: "Take over the new address.",
      example: exampleOf(withScheme, oauth({ read: "Read" }), oauth({ read: "Read" }, "login.example")),
    },
    "api-security-component-oauth-token-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the token URL of {scheme} changed from {before} to {after}",
      why: "Clients ask the old address for tokens until they follow.",
      migration: "Take over the new address.",
      example: exampleOf(withScheme, oauth({ read: "Read" }), otherTokenUrl),
    },
    "api-security-component-oauth-refresh-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the refresh URL of {scheme} changed from {before} to {after}",
      why: "Clients renew their tokens at the old address until they follow.",
      migration: "Take over the new address.",
      example: exampleOf(withScheme, refreshedAt("https://pets.example/a"), refreshedAt("https://pets.example/b")),
    },
    "api-security-component-open-id-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the OpenID Connect URL of {scheme} changed from {before} to {after}",
      why: "Clients read the provider's configuration at the old address until they follow.",
      migration: "Take over the new address, and check that the provider behind it is still the one you trust.",
      example: exampleOf(withScheme, openId("https://pets.example/a"), openId("https://pets.example/b")),
    },
    "api-security-component-bearer-format-changed": {
      ...rule,
      level: "risky",
      kind: "type",
      action: "change",
      message: "the tokens of {scheme} have the format {after} instead of {before}",
      why: "Clients that look into the token, or make it themselves, meet another format.",
      migration: "Treat the token as opaque, or bring the code that makes it to the new format.",
      example: exampleOf(withScheme, bearer("JWT"), bearer("opaque")),
    },
    "api-security-component-oauth-scope-added": {
      ...rule,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "added the scopes {scopes} to {scheme}",
      why: "A scope on its own asks nobody for anything.",
      migration: nothing,
      example: exampleOf(withScheme, oauth({ read: "Read" }), oauth({ read: "Read", write: "Write" })),
    },
    "api-security-component-oauth-scope-removed": {
      ...rule,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "removed the scopes {scopes} from {scheme}",
      why: "A client that asks for the scope may get an error instead of a token.",
      migration: "Stop asking for the scope.",
      example: exampleOf(withScheme, oauth({ read: "Read", write: "Write" }), oauth({ read: "Read" })),
    },
    "api-security-component-oauth-flow-added": {
      ...rule,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "added the flow {flow} to {scheme}",
      why: "The flows that clients use already work as before.",
      migration: nothing,
      example: exampleOf(withScheme, { type: "oauth2", flows: {} }, oauth({ read: "Read" })),
    },
    "api-security-component-oauth-flow-removed": {
      ...rule,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "removed the flow {flow} from {scheme}",
      why: "Clients that get their tokens this way get none.",
      migration: "Change to one of the flows that are left.",
      example: exampleOf(withScheme, oauth({ read: "Read" }), { type: "oauth2", flows: {} }),
    },
  },
  run(facts, report) {
    for (const fact of facts["security-scheme"]) {
      const { before, after } = fact;
      const scheme = (after ?? before)?.name ?? "";
      if (before === undefined) report("api-security-component-added", fact, { scheme });
      else if (after === undefined) report("api-security-component-removed", fact, { scheme });
      else if (before.type !== after.type || before.scheme !== after.scheme) {
        report("api-security-component-type-changed", fact, {
          scheme,
          before: kindText(before),
          after: kindText(after),
        });
      } else {
        if (placeText(before) !== placeText(after)) {
          const args = { scheme, before: placeText(before), after: placeText(after) };
          report("api-security-component-place-changed", fact, args);
        }
        if (before.openIdConnectUrl !== after.openIdConnectUrl) {
          const args = { scheme, before: before.openIdConnectUrl ?? "none", after: after.openIdConnectUrl ?? "none" };
          report("api-security-component-open-id-url-changed", fact, args);
        }
        if (before.bearerFormat !== after.bearerFormat) {
          const args = { scheme, before: before.bearerFormat ?? "none", after: after.bearerFormat ?? "none" };
          report("api-security-component-bearer-format-changed", fact, args);
        }
        for (const flow of flowNames(before, after)) {
          const [was, is] = [before.flows?.[flow], after.flows?.[flow]];
          if (was === undefined) report("api-security-component-oauth-flow-added", fact, { scheme, flow });
          else if (is === undefined) report("api-security-component-oauth-flow-removed", fact, { scheme, flow });
          else {
            if (was.authorizationUrl !== is.authorizationUrl) {
              const args = { scheme, before: was.authorizationUrl ?? "none", after: is.authorizationUrl ?? "none" };
              report("api-security-component-oauth-url-changed", fact, args);
            }
            if (was.tokenUrl !== is.tokenUrl) {
              const args = { scheme, before: was.tokenUrl ?? "none", after: is.tokenUrl ?? "none" };
              report("api-security-component-oauth-token-url-changed", fact, args);
            }
            if (was.refreshUrl !== is.refreshUrl) {
              const args = { scheme, before: was.refreshUrl ?? "none", after: is.refreshUrl ?? "none" };
              report("api-security-component-oauth-refresh-url-changed", fact, args);
            }
            const more = is.scopes.filter((scope) => !was.scopes.includes(scope));
            const fewer = was.scopes.filter((scope) => !is.scopes.includes(scope));
            if (more.length > 0) report("api-security-component-oauth-scope-added", fact, { scheme, scopes: more });
            if (fewer.length > 0) report("api-security-component-oauth-scope-removed", fact, { scheme, scopes: fewer });
          }
        }
      }
    }
  },
});

function flowNames(before: SecuritySchemeNode, after: SecuritySchemeNode): string[] {
  const names = new Set([...Object.keys(before.flows ?? {}), ...Object.keys(after.flows ?? {})]);
  return [...names].filter((name) => canonicalText(before.flows?.[name]) !== canonicalText(after.flows?.[name])).sort();
}

function kindText({ type, scheme }: SecuritySchemeNode): string {
  return scheme === undefined ? type : `${type} ${scheme}`;
}

function placeText(scheme: SecuritySchemeNode): string {
  return scheme.type === "apiKey" ? `${scheme.in ?? ""} ${scheme.parameterName ?? ""}` : "";
}
