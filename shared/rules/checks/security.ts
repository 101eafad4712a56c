import { canonicalText } from "../../diff/json.ts";
import { pairUnique } from "../../diff/unique-pairs.ts";
import type { JsonValue, SecurityAlternative } from "../../spec/model.ts";
import { documentWith, exampleOf } from "../example-documents.ts";
import { defineCheck } from "../rule.ts";

type Requirements = JsonValue[];

const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "x-key" },
  login: {
    type: "oauth2",
    flows: {
      clientCredentials: { tokenUrl: "https://pets.example/token", scopes: { read: "Read", write: "Write" } },
    },
  },
};
const responses = { "204": { description: "Done" } };
const own = (security: Requirements) =>
  documentWith({ components: { securitySchemes }, paths: { "/pets": { get: { responses, security } } } });
const inherited = (security: Requirements) =>
  documentWith({ components: { securitySchemes }, security, paths: { "/pets": { get: { responses } } } });

const rule = { direction: "none", area: "security", kind: "existence" } as const;
const withKey: Requirements = [{ key: [] }];
const withEither: Requirements = [{ key: [] }, { login: ["read"] }];
const withLogin: Requirements = [{ login: ["read"] }];
const withWrite: Requirements = [{ login: ["read", "write"] }];
const withRicher: Requirements = [{ key: [] }, { key: [], login: ["read"] }];
const open: Requirements = [];

const becameRequired = {
  ...rule,
  level: "breaking",
  action: "add",
  message: "asks for authentication ({alternatives})",
  why: "Requests without credentials were answered before and are refused now.",
  migration: "Get credentials and send them before the change takes effect.",
} as const;
const becameOptional = {
  ...rule,
  level: "safe",
  action: "remove",
  message: "no longer asks for authentication",
  why: "Requests with credentials are answered as before.",
  migration: "Nothing has to be done; check that the operation is meant to be open.",
} as const;
const added = {
  ...rule,
  level: "safe",
  action: "add",
  message: "accepts {alternatives} as authentication",
  why: "The credentials that clients use already are accepted as before.",
  migration: "Nothing has to be done.",
} as const;
const removed = {
  ...rule,
  level: "breaking",
  action: "remove",
  message: "no longer accepts {alternatives} as authentication",
  why: "Clients that authenticate this way are refused.",
  migration: "Change to one of the ways that are left.",
} as const;
const redundantRemoved = {
  ...rule,
  level: "safe",
  action: "remove",
  message: "no longer lists {alternatives} as authentication, which asks for more than another way that stays",
  why: "Whoever sends all of it sends what is enough.",
  migration: "Nothing has to be done; your code may send less.",
} as const;
const scopeAdded = {
  ...rule,
  level: "breaking",
  action: "add",
  message: "asks for the scopes {scopes} of {scheme}",
  why: "Tokens without the scope are refused.",
  migration: "Request the scope when your code gets its token.",
} as const;
const scopeRemoved = {
  ...rule,
  level: "safe",
  action: "remove",
  message: "no longer asks for the scopes {scopes} of {scheme}",
  why: "Tokens with the scope are accepted as before.",
  migration: "Nothing has to be done; your code may ask for less.",
} as const;

export const securityCheck = defineCheck({
  rules: {
    "api-security-became-required": { ...becameRequired, example: exampleOf(own, open, withKey) },
    "api-security-became-optional": { ...becameOptional, example: exampleOf(own, withKey, open) },
    "api-security-added": { ...added, example: exampleOf(own, withKey, withEither) },
    "api-security-removed": { ...removed, example: exampleOf(own, withEither, withKey) },
    "api-security-redundant-removed": { ...redundantRemoved, example: exampleOf(own, withRicher, withKey) },
    "api-security-scope-added": { ...scopeAdded, example: exampleOf(own, withLogin, withWrite) },
    "api-security-scope-removed": { ...scopeRemoved, example: exampleOf(own, withWrite, withLogin) },
    "api-global-security-became-required": { ...becameRequired, example: exampleOf(inherited, open, withKey) },
    "api-global-security-became-optional": { ...becameOptional, example: exampleOf(inherited, withKey, open) },
    "api-global-security-added": { ...added, example: exampleOf(inherited, withKey, withEither) },
    "api-global-security-removed": { ...removed, example: exampleOf(inherited, withEither, withKey) },
    "api-global-security-redundant-removed": {
      ...redundantRemoved,
      example: exampleOf(inherited, withRicher, withKey),
    },
    "api-global-security-scope-added": { ...scopeAdded, example: exampleOf(inherited, withLogin, withWrite) },
    "api-global-security-scope-removed": { ...scopeRemoved, example: exampleOf(inherited, withWrite, withLogin) },
  },
  run(facts, report) {
    for (const fact of facts.security) {
      const what = fact.global ? "api-global-security" : "api-security";
      const [before, after] = [fact.before ?? [], fact.after ?? []];
      if (isOpen(before) !== isOpen(after)) {
        if (isOpen(after)) report(`${what}-became-optional`, fact, {});
        else report(`${what}-became-required`, fact, { alternatives: after.map(alternativeText) });
        continue;
      }
      // No requirement at all is the empty alternative.
      const [olds = [], news = []] = [before, after].map((all) => (all.length === 0 ? [[]] : all));
      const kept = pairUnique(olds, news, canonicalText);
      const changed = pairUnique(kept.before, kept.after, schemesOf);
      const isCovered = (alternative: SecurityAlternative) => news.some((other) => asksForLess(other, alternative));
      const gone = changed.before.filter((alternative) => !isCovered(alternative));
      const redundant = changed.before.filter((one) => kept.pairs.some(([other]) => asksForLess(other, one)));
      for (const [alternative, partner] of changed.pairs) {
        for (const { scheme, scopes } of alternative) {
          const now = partner.find((one) => one.scheme === scheme)?.scopes ?? [];
          const more = now.filter((scope) => !scopes.includes(scope));
          const fewer = scopes.filter((scope) => !now.includes(scope));
          if (more.length > 0) report(`${what}-scope-added`, fact, { scopes: more, scheme });
          if (fewer.length > 0) report(`${what}-scope-removed`, fact, { scopes: fewer, scheme });
        }
      }
      if (gone.length > 0) report(`${what}-removed`, fact, { alternatives: gone.map(alternativeText) });
      if (redundant.length > 0) {
        report(`${what}-redundant-removed`, fact, { alternatives: redundant.map(alternativeText) });
      }
      if (changed.after.length > 0) report(`${what}-added`, fact, { alternatives: changed.after.map(alternativeText) });
    }
  },
});

/** No requirement, or one alternative that asks for nothing. */
function isOpen(security: SecurityAlternative[]): boolean {
  return security.length === 0 || security.some((alternative) => alternative.length === 0);
}

/** Whether whoever satisfies `asked` satisfies `other` as well. */
function asksForLess(other: SecurityAlternative, asked: SecurityAlternative): boolean {
  return other.every(({ scheme, scopes }) => {
    const has = asked.find((one) => one.scheme === scheme)?.scopes;
    return has !== undefined && scopes.every((scope) => has.includes(scope));
  });
}

function schemesOf(alternative: SecurityAlternative): string {
  return alternative
    .map((one) => one.scheme)
    .sort()
    .join(" ");
}

function alternativeText(alternative: SecurityAlternative): string {
  return alternative
    .map(({ scheme, scopes }) => (scopes.length === 0 ? scheme : `${scheme} (${scopes.join(", ")})`))
    .join(" with ");
}
