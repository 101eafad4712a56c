import type { Page, PageRequest } from "../jobs/paging.ts";
import type { Pause, PauseEnd } from "./pause.ts";

export type PauseStore = {
  /** Every pause that lasts, of all tenants, oldest target first. Strongly consistent: there are few, and often none. */
  listActive(): Promise<Pause[]>;
  /** Begins a pause. When its setter paused the same target already, that one stays and is returned. */
  begin(pause: Pause): Promise<{ created: boolean; pause: Pause }>;
  /** Ends a pause and keeps it on record. `undefined` when none of this id lasts. */
  end(pauseId: string, end: PauseEnd): Promise<Pause | undefined>;
  /** Pauses that ended, newest first; those of one tenant alone, where it is named. */
  listEnded(page: PageRequest, tenantId?: string): Promise<Page<Pause>>;
};
