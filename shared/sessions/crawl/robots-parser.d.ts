/** The package's own types are those of an ES module; it is CommonJS and is the function itself. */
declare module "robots-parser" {
  function parseRobots(
    url: string,
    text: string,
  ): {
    /** `undefined` for an address of another origin. */
    isAllowed(url: string, userAgent: string): boolean | undefined;
    /** Seconds. */
    getCrawlDelay(userAgent: string): number | undefined;
    getSitemaps(): string[];
  };
  export = parseRobots;
}
