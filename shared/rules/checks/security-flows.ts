import { canonicalText } from "../../diff/json.ts";
import type { JsonValue, SecuritySchemeNode } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Scheme = { [key: string]: JsonValue };

const operation = { responses: { "204": { description: "Done" } } };
const withScheme = (login: Scheme) =>
  documentWith({
    paths: { "/pets": { get: { ...operation, security: [{ login: [] }] } } },
    components: { securitySchemes: { login } },
  });
const oauth = (scopes: { [name: string]: string }, host = "pets.example"): Scheme => ({
  type: "oauth2",
  flows: {
    authorizationCode: { authorizationUrl: `https://${host}/login`, tokenUrl: "https://pets.example/token", scopes },
  },
});
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

/** How clients get their tokens, flow by flow. */
export const securityFlowCheck = defineCheck({
  rules: {
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
      // A scheme of another kind, or one that nobody asks for, is one finding as a whole.
      if (before === undefined || after === undefined || before.type !== after.type || fact.usedBy.length === 0)
        continue;
      const scheme = after.name;
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
