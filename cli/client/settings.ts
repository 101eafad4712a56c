import { UsageError } from "../errors.ts";

export type ApiSettings = { apiUrl: string; apiKey: string };

/**
 * Where the deployment is and who calls it, from the environment.
 * @throws UsageError naming the variable
 */
export const readApiSettings = (env: Readonly<Record<string, string | undefined>>): ApiSettings => {
  const { FOREWARN_API_URL: url, FOREWARN_API_KEY: apiKey } = env;
  if (!url) {
    throw new UsageError("set FOREWARN_API_URL to the address of a deployment, without /api");
  }
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`set FOREWARN_API_URL to an http or https URL: ${url} is not one`);
  }
  if (!apiKey) throw new UsageError("set FOREWARN_API_KEY to an API key of your tenant");
  return { apiUrl: url.replace(/\/+$/, ""), apiKey };
};
