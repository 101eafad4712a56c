/** Runs of each property: enough for every change in a short time; `npm run test:properties` asks for many more. */
const shortRuns = 120;

/** The short form looks at the same documents every time: what it finds is of the change at hand. The long form does not. */
const shortSeed = 20_261_125;

/**
 * How the properties run. A failing run prints its seed and path: `FOREWARN_PROPERTY_SEED=… FOREWARN_PROPERTY_PATH=…` runs
 * that one again. With a seed the failing document is shrunk, which may take minutes.
 */
export function runSettings(share = 1): { numRuns: number; seed?: number; path?: string; endOnFailure: boolean } {
  const { FOREWARN_PROPERTY_RUNS, FOREWARN_PROPERTY_SEED, FOREWARN_PROPERTY_PATH } = process.env;
  const runs = Number(FOREWARN_PROPERTY_RUNS ?? shortRuns);
  return {
    numRuns: Math.max(1, Math.round(runs * share)),
    endOnFailure: FOREWARN_PROPERTY_SEED === undefined,
    ...(FOREWARN_PROPERTY_RUNS === undefined && { seed: shortSeed }),
    ...(FOREWARN_PROPERTY_SEED !== undefined && { seed: Number(FOREWARN_PROPERTY_SEED) }),
    ...(FOREWARN_PROPERTY_PATH !== undefined && { path: FOREWARN_PROPERTY_PATH }),
  };
}

/** A shared machine may be many times slower than a free one; the long form takes the time that it takes. */
export const propertyTimeoutMs = process.env.FOREWARN_PROPERTY_RUNS === undefined ? 180_000 : 0;
