import { canonicalText } from "../../diff/json.ts";
import type { JsonValue, SecuritySchemeNode } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Scheme = { [key: string]: JsonValue };

const operation = { responses: { "204": { description: "Done" } } };
const unused = (login: Scheme | undefined) =>
  documentWith({
    paths: { "/pets": { get: operation } },
    components: { securitySchemes: login === undefined ? {} : { login } },
  });
const withScheme = (login: Scheme) =>
  documentWith({
    paths: { "/pets": { get: { ...operation, security: [{ login: [] }] } } },
    components: { securitySchemes: { login } },
  });
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
const notRefreshed: Scheme = {
  type: "oauth2",
  flows: { clientCredentials: { tokenUrl: "https://pets.example/token", scopes: {} } },
};
const withDevices = (deviceAuthorizationUrl: string) => ({
  ...withScheme({
    type: "oauth2",
    flows: {
      deviceAuthorization: { deviceAuthorizationUrl, tokenUrl: "https://pets.example/token", scopes: {} },
    },
  }),
  openapi: "3.2.0",
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
      example: exampleOf(unused, undefined, key),
    },
    "api-security-component-removed": {
      ...rule,
      level: "safe",
      kind: "existence",
      action: "remove",
      message: "removed the security scheme {scheme}",
      why: "Where operations asked for it, that change is a finding of its own.",
      migration: nothing,
      example: exampleOf(unused, key, undefined),
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
      message: "the authorization URL of the flow {flow} of {scheme} changed from {before} to {after}",
      why: "Users are sent to the old address to log in until clients follow.",
      migration: "Take over the new address.",
      example: exampleOf(withScheme, oauth({ read: "Read" }), oauth({ read: "Read" }, "login.example")),
    },
    "api-security-component-oauth-token-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the token URL of the flow {flow} of {scheme} changed from {before} to {after}",
      why: "Clients ask the old address for tokens until they follow.",
      migration: "Take over the new address.",
      example: exampleOf(withScheme, oauth({ read: "Read" }), otherTokenUrl),
    },
    "api-security-component-oauth-refresh-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the refresh URL of the flow {flow} of {scheme} changed from {before} to {after}",
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
    "api-security-component-oauth-refresh-url-added": {
      ...rule,
      level: "safe",
      kind: "existence",
      action: "add",
      message: "the flow {flow} of {scheme} has the refresh URL {url} now",
      why: "Tokens are got as before; they can be renewed now as well.",
      migration: nothing,
      example: exampleOf(withScheme, notRefreshed, refreshedAt("https://pets.example/a")),
    },
    "api-security-component-oauth-refresh-url-removed": {
      ...rule,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "the flow {flow} of {scheme} no longer has the refresh URL {url}",
      why: "Clients that renew their tokens there are refused.",
      migration: "Renew tokens at the token URL, or get new ones.",
      example: exampleOf(withScheme, refreshedAt("https://pets.example/a"), notRefreshed),
    },
    "api-security-component-oauth-device-url-changed": {
      ...rule,
      level: "breaking",
      kind: "type",
      action: "change",
      message: "the device authorization URL of the flow {flow} of {scheme} changed from {before} to {after}",
      why: "Devices ask the old address for their codes until they follow.",
      migration: "Take over the new address.",
      example: { before: withDevices("https://pets.example/a"), after: withDevices("https://pets.example/b") },
    },
    "api-security-component-deprecated": {
      ...rule,
      level: "safe",
      kind: "lifecycle",
      action: "change",
      message: "deprecated the security scheme {scheme}",
      why: "The scheme still works; its removal is announced.",
      migration: "Plan to change to another way to authenticate.",
      example: exampleOf(withScheme, key, { ...key, deprecated: true }),
    },
    "api-security-component-reactivated": {
      ...rule,
      level: "safe",
      kind: "lifecycle",
      action: "change",
      message: "the security scheme {scheme} is no longer deprecated",
      why: "The announced removal is called off.",
      migration: nothing,
      example: exampleOf(withScheme, { ...key, deprecated: true }, key),
    },
    "api-security-component-unused-changed": {
      ...rule,
      level: "safe",
      kind: "type",
      action: "change",
      message: "changed the security scheme {scheme}, which no operation asks for",
      why: "A scheme on its own asks nobody for anything.",
      migration: nothing,
      example: exampleOf(unused, key, { ...key, name: "x-api-key" }),
    },
    "api-security-component-bearer-format-added": {
      ...rule,
      level: "safe",
      kind: "type",
      action: "add",
      message: "says that the tokens of {scheme} have the format {format}",
      why: "The tokens are what they were; their format is only named now.",
      migration: nothing,
      example: exampleOf(withScheme, { type: "http", scheme: "bearer" }, bearer("JWT")),
    },
    "api-security-component-bearer-format-removed": {
      ...rule,
      level: "safe",
      kind: "type",
      action: "remove",
      message: "no longer says that the tokens of {scheme} have the format {format}",
      why: "The format of a bearer token is a hint; nothing says that the tokens are others.",
      migration: "Treat the token as opaque.",
      example: exampleOf(withScheme, bearer("JWT"), { type: "http", scheme: "bearer" }),
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
      message: "added the scopes {scopes} to the flow {flow} of {scheme}",
      why: "A scope on its own asks nobody for anything.",
      migration: nothing,
      example: exampleOf(withScheme, oauth({ read: "Read" }), oauth({ read: "Read", write: "Write" })),
    },
    "api-security-component-oauth-scope-removed": {
      ...rule,
      level: "breaking",
      kind: "existence",
      action: "remove",
      message: "removed the scopes {scopes} from the flow {flow} of {scheme}",
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
      else if (fact.usedBy.length === 0) report("api-security-component-unused-changed", fact, { scheme });
      else if (before.type !== after.type || before.scheme !== after.scheme) {
        const args = { scheme, before: kindText(before), after: kindText(after) };
        report("api-security-component-type-changed", fact, args);
      } else {
        if (before.deprecated !== after.deprecated) {
          report(`api-security-component-${after.deprecated ? "deprecated" : "reactivated"}`, fact, { scheme });
        }
        if (placeText(before) !== placeText(after)) {
          const args = { scheme, before: placeText(before), after: placeText(after) };
          report("api-security-component-place-changed", fact, args);
        }
        if (before.openIdConnectUrl !== after.openIdConnectUrl) {
          const args = { scheme, before: before.openIdConnectUrl ?? "none", after: after.openIdConnectUrl ?? "none" };
          report("api-security-component-open-id-url-changed", fact, args);
        }
        const [oldFormat, newFormat] = [before.bearerFormat, after.bearerFormat];
        if (oldFormat !== newFormat) {
          if (oldFormat === undefined) {
            report("api-security-component-bearer-format-added", fact, { scheme, format: newFormat ?? "" });
          } else if (newFormat === undefined) {
            report("api-security-component-bearer-format-removed", fact, { scheme, format: oldFormat });
          } else {
            const args = { scheme, before: oldFormat, after: newFormat };
            report("api-security-component-bearer-format-changed", fact, args);
          }
        }
        for (const flow of flowNames(before, after)) {
          const [was, is] = [before.flows?.[flow], after.flows?.[flow]];
          if (was === undefined) report("api-security-component-oauth-flow-added", fact, { scheme, flow });
          else if (is === undefined) report("api-security-component-oauth-flow-removed", fact, { scheme, flow });
          else {
            for (const [key, id] of flowUrls) {
              if (was[key] === is[key]) continue;
              report(id, fact, { scheme, flow, before: was[key] ?? "none", after: is[key] ?? "none" });
            }
            if (was.refreshUrl !== is.refreshUrl) {
              const args = { scheme, flow };
              if (was.refreshUrl === undefined) {
                report("api-security-component-oauth-refresh-url-added", fact, { ...args, url: is.refreshUrl ?? "" });
              } else if (is.refreshUrl === undefined) {
                report("api-security-component-oauth-refresh-url-removed", fact, { ...args, url: was.refreshUrl });
              } else {
                const urls = { before: was.refreshUrl, after: is.refreshUrl };
                report("api-security-component-oauth-refresh-url-changed", fact, { ...args, ...urls });
              }
            }
            const more = is.scopes.filter((scope) => !was.scopes.includes(scope));
            const fewer = was.scopes.filter((scope) => !is.scopes.includes(scope));
            if (more.length > 0) {
              report("api-security-component-oauth-scope-added", fact, { scheme, flow, scopes: more });
            }
            if (fewer.length > 0) {
              report("api-security-component-oauth-scope-removed", fact, { scheme, flow, scopes: fewer });
            }
          }
        }
      }
    }
  },
});

const flowUrls = [
  ["authorizationUrl", "api-security-component-oauth-url-changed"],
  ["deviceAuthorizationUrl", "api-security-component-oauth-device-url-changed"],
  ["tokenUrl", "api-security-component-oauth-token-url-changed"],
] as const;

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
