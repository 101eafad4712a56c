import { partsOf } from "./parts-of.ts";

/** The flag that says what of an API raises changes. */
export const monitorArg = {
  monitor: {
    type: "string",
    valueHint: "all|TAG,GET /v1/*",
    description: "What raises changes: all, or domains and operations, from now on",
  },
} as const;

/** `all`, or domains and endpoints: `billing,GET /v1/*`. An endpoint has a space in it. */
export const monitoringOf = (text: string) => {
  const parts = partsOf(text);
  if (text === "all") return { monitoringMode: "full" as const };
  return {
    monitoringMode: "partial" as const,
    filteredDomains: parts.filter((part) => !part.includes(" ")),
    filteredEndpoints: parts.filter((part) => part.includes(" ")),
  };
};
