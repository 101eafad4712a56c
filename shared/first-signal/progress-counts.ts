/** @example countsIn({ completed: 3, total: 10 }) // " (3 of 10)" */
export const countsIn = ({ completed, total }: { completed?: number; total?: number }): string => {
  if (total !== undefined) return ` (${completed ?? 0} of ${total})`;
  return completed === undefined ? "" : ` (${completed})`;
};
