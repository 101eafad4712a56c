/** The names of `known` that `name` may have been meant for, likeliest first. */
export function nearestNames(name: string, known: Iterable<string>, count: number): string[] {
  // A third of the letters wrong is a guess; more is another word.
  const farthest = Math.max(2, Math.ceil(name.length / 3));
  return [...known]
    .map((candidate) => ({ candidate, distance: likeness(name.toLowerCase(), candidate, farthest) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((left, right) => left.distance - right.distance || (left.candidate < right.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** A part of a name that was typed whole counts as near as it can, by how much is missing. */
function likeness(name: string, candidate: string, farthest: number): number {
  const distance = editDistance(name, candidate);
  return name.length > 2 && candidate.includes(name) ? Math.min(distance, farthest) : distance;
}

/** Insertions, deletions and replacements from `left` to `right` (Levenshtein). */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 0; i < left.length; i++) {
    const current = [i + 1];
    for (let j = 0; j < right.length; j++) {
      const replaced = (previous[j] ?? 0) + (left[i] === right[j] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
