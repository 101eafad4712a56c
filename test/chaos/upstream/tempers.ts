import type { Course } from "./documents.ts";
import type { MannerName } from "./lies.ts";

/** What the host of a dependency is like. */
export type Temper = {
  name: string;
  lies: readonly MannerName[];
  /** Of 1,000 answers, how many are lies while the storm lasts. */
  liesPerMille: number;
  course: Course;
  /** Whether its next version waits until the one before was seen: then every version must be seen. */
  isPatient: boolean;
  /** Whether it asks for peace, for itself and all on its host: then it lives on a host with its like. */
  isMoody: boolean;
};

export const tempers: readonly Temper[] = [
  { name: "steady", lies: ["slow"], liesPerMille: 100, course: "editing", isPatient: true, isMoody: false },
  { name: "slow", lies: ["slow", "hanging"], liesPerMille: 500, course: "editing", isPatient: true, isMoody: false },
  {
    ...{ name: "resetting", lies: ["reset", "brokenOff"], liesPerMille: 450 },
    ...{ course: "editing", isPatient: true, isMoody: false },
  },
  {
    name: "lying",
    lies: ["saysUnchanged", "loginPage", "cutShort", "calledGzip", "missing", "ledAstray"],
    liesPerMille: 400,
    ...{ course: "editing", isPatient: true, isMoody: false },
  },
  {
    ...{ name: "wordy", lies: ["inOtherWords", "underAnotherTag", "calledHtml"], liesPerMille: 600 },
    ...{ course: "editing", isPatient: true, isMoody: false },
  },
  {
    ...{ name: "growing", lies: ["slow", "brokenOff", "inOtherWords"], liesPerMille: 300 },
    ...{ course: "growing", isPatient: true, isMoody: false },
  },
  {
    ...{ name: "flapping", lies: ["reset", "cutShort", "saysUnchanged"], liesPerMille: 250 },
    ...{ course: "alternating", isPatient: false, isMoody: false },
  },
  {
    ...{ name: "rate limiting", lies: ["tooMany", "down"], liesPerMille: 300 },
    ...{ course: "editing", isPatient: true, isMoody: true },
  },
];
