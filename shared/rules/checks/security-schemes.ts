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
const bearer = (bearerFormat: string): Scheme => ({ type: "http", scheme: "bearer", bearerFormat });
const openId = (openIdConnectUrl: string): Scheme => ({ type: "openIdConnect", openIdConnectUrl });

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
      }
    }
  },
});

function kindText({ type, scheme }: SecuritySchemeNode): string {
  return scheme === undefined ? type : `${type} ${scheme}`;
}

function placeText(scheme: SecuritySchemeNode): string {
  return scheme.type === "apiKey" ? `${scheme.in ?? ""} ${scheme.parameterName ?? ""}` : "";
}
