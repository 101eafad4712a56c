/**
 * How every SDK client is made. Endpoint, region and credentials come from the environment; `AWS_ENDPOINT_URL` is all that
 * differs between AWS and the local cloud. Each client has a file of its own, so that a bundle and a cold start hold only
 * what is used.
 */

/** Tries of one call, with the SDK's own backoff and jitter: a throttle of a few hundred milliseconds passes unseen. */
export const maxAttempts = 5;

/** A call without an answer is given up and tried again well before a lease of a minute ends. */
export const requestHandler = (requestTimeout: number) => ({
  connectionTimeout: 1_000,
  requestTimeout,
  throwOnRequestTimeout: true,
});

/** Makes the client when it is first asked for, once a process. */
export const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
