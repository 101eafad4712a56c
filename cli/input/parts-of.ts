/** The parts of a flag that takes several, comma-separated. */
export const partsOf = (text: string): string[] => text.split(",").flatMap((part) => part.trim() || []);
