/**
 * Whether `text` is `pattern`, in which `*` stands for any characters, none included. Takes time of the product of their
 * lengths at worst, whatever the pattern.
 * @example matchesWildcard("/v1/*", "/v1/pets/{id}") // true
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let [at, cursor] = [0, 0];
  // Where to go on from when what follows the last star did not fit.
  let star = -1;
  let resume = 0;
  while (cursor < text.length) {
    if (pattern[at] === "*") {
      star = at;
      resume = cursor;
      at += 1;
    } else if (pattern[at] === text[cursor]) {
      at += 1;
      cursor += 1;
    } else if (star !== -1) {
      at = star + 1;
      resume += 1;
      cursor = resume;
    } else return false;
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
