import type { Rule } from "../../../shared/rules/rule.ts";

/** Words that change places when the two documents do. */
const oppositeWords: readonly (readonly [string, string])[] = [
  ["added", "removed"],
  ["added", "deleted"],
  ["increased", "decreased"],
  ["unset", "set"],
  ["widened", "narrowed"],
  ["generalized", "specialized"],
  ["unrestricted", "restricted"],
  ["opened", "closed"],
  ["deprecated", "reactivated"],
  ["became-required", "became-optional"],
  ["became-not", "became"],
  ["wrapped-in", "unwrapped-from"],
  ["disallowed", "allowed"],
];

/** Pairs whose ids were published before this scheme, or name two things at once. */
const irregularMirrors: readonly (readonly [string, string])[] = [
  ["endpoint-added", "api-path-removed-without-deprecation"],
  ["endpoint-deprecated-with-sunset", "endpoint-reactivated"],
  ["sunset-added", "sunset-deleted"],
  ["api-invalid-stability-level", "api-stability-decreased"],
  ["api-sunset-date-too-small", "sunset-deleted"],
  ["request-parameter-sunset-date-too-small", "request-parameter-sunset-deleted"],
  ["api-sunset-date-postponed", "api-sunset-date-changed-too-small"],
  ["request-parameter-sunset-date-postponed", "request-parameter-sunset-date-changed-too-small"],
  ["request-parameter-sunset-added", "request-parameter-sunset-deleted"],
  ["request-parameter-deprecated-with-sunset", "request-parameter-reactivated"],
  ["request-property-sunset-date-postponed", "request-property-sunset-date-changed-too-small"],
  ["request-property-sunset-added", "request-property-sunset-deleted"],
  ["request-property-deprecated-with-sunset", "request-property-reactivated"],
  ["response-property-sunset-date-postponed", "response-property-sunset-date-changed-too-small"],
  ["response-property-sunset-added", "response-property-sunset-deleted"],
  ["response-property-deprecated-with-sunset", "response-property-reactivated"],
  ["new-required-request-property", "request-property-removed"],
  ["new-optional-request-property", "request-property-removed"],
  ["response-property-added-to-closed-object", "response-optional-property-removed"],
  ["new-required-request-parameter-property", "request-parameter-property-removed"],
  ["new-optional-request-parameter-property", "request-parameter-property-removed"],
  ["new-required-request-parameter", "request-parameter-removed"],
  ["new-optional-request-parameter", "request-parameter-removed"],
  ["new-request-path-parameter", "request-path-parameter-removed"],
  ["request-property-became-required-with-default", "request-property-became-optional"],
  ["request-body-added-required", "request-body-removed"],
  ["request-body-added-optional", "request-body-removed"],
  ["response-header-added", "optional-response-header-removed"],
  ["webhook-parameter-added", "webhook-optional-parameter-removed"],
  ["webhook-parameter-added", "webhook-required-parameter-removed"],
];

const isWordAt = (id: string, word: string): boolean => new RegExp(`(^|-)${word}(-|$)`).test(id);

/**
 * Ids of rules that may report the same edit when the two documents change places, most likely first. A change that
 * has no direction in time (a type that became another) is its own mirror.
 */
export function timeMirrorsOf(id: string, rule: Pick<Rule, "action">): string[] {
  const mirrors: string[] = [];
  for (const [one, other] of irregularMirrors) {
    if (one === id) mirrors.push(other);
    if (other === id) mirrors.push(one);
  }
  for (const [one, other] of oppositeWords) {
    if (isWordAt(id, one)) mirrors.push(id.replace(new RegExp(`(^|-)${one}(-|$)`), `$1${other}$2`));
    if (isWordAt(id, other)) mirrors.push(id.replace(new RegExp(`(^|-)${other}(-|$)`), `$1${one}$2`));
  }
  if (rule.action === "change") mirrors.push(id);
  return mirrors;
}

/** Pairs that say the same of the other direction under an irregular id. */
const irregularCounterparts: readonly (readonly [string, string])[] = [
  ["new-required-request-property", "response-required-property-added"],
  ["new-optional-request-property", "response-optional-property-added"],
  ["request-property-removed", "response-optional-property-removed"],
  ["request-property-removed", "response-required-property-removed"],
  ["request-property-removed-from-closed-object", "response-property-added-to-closed-object"],
  ["new-optional-request-parameter-property", "response-header-property-added"],
  ["request-body-media-type-added", "response-media-type-added"],
  ["request-body-media-type-removed", "response-media-type-removed"],
  ["request-body-media-type-name-changed", "response-media-type-name-changed"],
  ["request-body-media-type-name-generalized", "response-media-type-name-generalized"],
  ["request-body-media-type-name-specialized", "response-media-type-name-specialized"],
  ["new-optional-request-parameter", "response-header-added"],
  ["new-required-request-parameter", "response-header-added"],
  ["request-parameter-removed", "optional-response-header-removed"],
  ["request-parameter-removed", "required-response-header-removed"],
  ["unstable-request-property-removed", "unstable-response-property-removed"],
  ["request-parameter-property-removed-from-closed-object", "response-property-added-to-closed-object"],
];

/** Ids of rules that judge the same change in the other direction of travel. */
export function directionMirrorsOf(id: string): string[] {
  const mirrors: string[] = [];
  for (const [one, other] of irregularCounterparts) {
    if (one === id) mirrors.push(other);
    if (other === id) mirrors.push(one);
  }
  mirrors.push(
    id.replace(/^request-/, "response-"),
    id.replace(/^response-/, "request-"),
    id.replace(/^request-parameter-property-/, "response-header-"),
    id.replace(/^request-parameter-/, "response-header-"),
    id.replace(/^response-header-/, "request-parameter-"),
  );
  return mirrors.filter((mirror) => mirror !== id);
}
