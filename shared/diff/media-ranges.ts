/** `application/json` of `application/json; charset=utf-8`. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(";", 1)[0]?.trim() ?? mediaType;
}

/**
 * Whether every body of the media type `narrow` is one of `wide`, parameters aside: the full range covers all,
 * `application/*` every application's, and `application/json` what is written as JSON (`application/problem+json`).
 */
export function coversMediaType(wide: string, narrow: string): boolean {
  const [range, essence] = [essenceOf(wide), essenceOf(narrow)];
  if (range === essence || range === "*/*") return true;
  const [type, subtype = ""] = range.split("/");
  const [otherType, otherSubtype = ""] = essence.split("/");
  if (type !== otherType) return false;
  return subtype === "*" || (!subtype.includes("+") && otherSubtype.endsWith(`+${subtype}`));
}

/**
 * How the parameters of a media type relate to those of another: `fewer` say less, so it covers the other's bodies and
 * more. The charset of JSON is always UTF-8.
 */
export function parameterRelation(before: string, after: string): "same" | "more" | "fewer" | "other" {
  const [olds, news] = [parametersOf(before), parametersOf(after)];
  const hasAllOld = olds.every((parameter) => news.includes(parameter));
  const hasAllNew = news.every((parameter) => olds.includes(parameter));
  if (hasAllOld) return hasAllNew ? "same" : "more";
  return hasAllNew ? "fewer" : "other";
}

function parametersOf(mediaType: string): string[] {
  const [essence = "", ...parameters] = mediaType.split(";").map((part) => part.trim());
  const isJson = /[/+]json$/.test(essence);
  return parameters.filter((parameter) => !(isJson && parameter.startsWith("charset=")));
}
