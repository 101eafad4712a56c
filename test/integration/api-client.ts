/** A caller of the deployed API, as one tenant. Throws on every answer that is not a success. */
export type ApiClient = <Data>(method: string, path: string, body?: unknown) => Promise<Data>;

export const apiClient =
  (apiUrl: string, apiKey: string): ApiClient =>
  async <Data>(method: string, path: string, body?: unknown): Promise<Data> => {
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${answer}`);
    return (answer === "" ? undefined : JSON.parse(answer).data) as Data;
  };

type Job = {
  id: string;
  status: string;
  stage: string;
  attempt: number;
  outcome?: string;
  errors: { name: string; message: string }[];
};

/** Waits until the job ended, however it did. @throws when it takes longer than `limitMs`. */
export const jobEnd = async (api: ApiClient, jobId: string, limitMs = 150_000): Promise<Job> => {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const job = await api<Job>("GET", `/api/sync-jobs/${jobId}`);
    if (["finished", "failed", "cancelled"].includes(job.status)) return job;
    if (Date.now() > giveUpAt)
      throw new Error(`job ${jobId} is still ${job.status} in ${job.stage}: ${JSON.stringify(job)}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
};

/** Saves a dependency and waits for its baseline. */
export const addDependency = async (
  api: ApiClient,
  name: string,
  specUrl: string,
): Promise<{ id: string; job: Job }> => {
  const { id, activeJobId } = await api<{ id: string; activeJobId: string }>("POST", "/api/dependencies", {
    name,
    specUrl,
  });
  return { id, job: await jobEnd(api, activeJobId) };
};
