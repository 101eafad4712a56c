import { UsageError } from "../errors.ts";

export type ApiSettings = { apiUrl: string; apiKey: string };

/**
 * Where the deployment is and who calls it, from the environment.
 * @throws UsageError naming the variable
 */
export const readApiSettings = (env: Readonly<Record<string, string | undefined>>): ApiSettings => {
  const { FOREWARN_API_URL: url, FOREWARN_API_KEY: apiKey } = env;
  if (!url) {
    throw new UsageError("FOREWARN_API_URL is not set: give the address of a deployment, without /api");
  }
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`FOREWARN_API_URL is not an http or https URL: ${url}`);
  }
  if (!apiKey) throw new UsageError("FOREWARN_API_KEY is not set: give an API key of your tenant");
  return { apiUrl: url.replace(/\/+$/, ""), apiKey };
};
