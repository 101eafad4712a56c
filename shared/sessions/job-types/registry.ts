import { discoverLinks } from "./discovery/discovery.ts";
import type { JobType } from "./job-type.ts";
import { scrapeDocumentation } from "./scrape/scrape.ts";
import { processUpload } from "./upload/upload.ts";

/** Every job type: one file beside this one, and one line here. */
export const registeredJobTypes: readonly JobType[] = [discoverLinks, scrapeDocumentation, processUpload];

export type JobTypeRegistry = {
  /** `undefined` when this release has no such type. */
  get(name: string): JobType | undefined;
  names: readonly string[];
};

/**
 * Job types by name.
 * @throws TypeError when two have one name
 */
export const createJobTypeRegistry = (types: readonly JobType[] = registeredJobTypes): JobTypeRegistry => {
  const byName = new Map(types.map((type) => [type.name, type]));
  if (byName.size < types.length) throw new TypeError("two job types have the same name");
  return { get: (name) => byName.get(name), names: [...byName.keys()] };
};
