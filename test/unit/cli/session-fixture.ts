import { createColors } from "picocolors";
import type { ApiSession, Format } from "../../../cli/client/api-session.ts";
import { createApiHarness } from "../api/api-harness.ts";

/** A session with the API on memory stores, and what the command wrote. */
export const createSession = async (overrides: Parameters<typeof createApiHarness>[0] = {}) => {
  const api = createApiHarness(overrides);
  const tenant = await api.createTenant("acme");
  let output = "";
  let errors = "";
  const sessionOf = (format: Format = "text", more: Partial<ApiSession> = {}): ApiSession => ({
    client: tenant.client,
    format,
    columns: undefined,
    colors: createColors(false),
    write: (text) => {
      output += text;
    },
    writeError: (text) => {
      errors += text;
    },
    sleep: async () => {},
    ...more,
  });
  /** What was written since it was last taken. */
  const taken = () => {
    const written = { output, errors };
    output = "";
    errors = "";
    return written;
  };
  return { api, ...tenant, sessionOf, taken };
};
