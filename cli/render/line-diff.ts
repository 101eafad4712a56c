/** A line of two texts: in both, in the old one alone, or in the new one alone. */
export type DiffLine = { sign: " " | "-" | "+"; line: string };

/**
 * Sets two texts side by side by their longest common subsequence. Takes time and memory of the product of their lengths:
 * for examples, not for documents.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  const width = after.length + 1;
  // lengths[i * width + j]: lines that before.slice(i) and after.slice(j) have in common.
  const lengths = new Uint32Array((before.length + 1) * width);
  const lengthAt = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const isCommon = before[i] === after[j];
      lengths[i * width + j] = isCommon ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: " ", line: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      lines.push({ sign: "-", line: old });
      i += 1;
    } else if (fresh !== undefined) {
      lines.push({ sign: "+", line: fresh });
      j += 1;
    }
  }
  return lines;
}
