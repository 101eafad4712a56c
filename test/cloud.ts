/**
 * Global setup of the integration tests: one private local cloud on a free port, in a temporary folder, with the app
 * deployed. It shares only the Python environment with a running `npm run local`, and is gone when the tests end; when they
 * are killed, its processes end too.
 *
 * With `FOREWARN_CONFORMANCE_TARGET` (`aws`, or the URL of an endpoint) no cloud is started; then only
 * `test/conformance/aws` can run.
 */
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startCloud, stopCloud } from "../local/cloud.ts";
import type { LocalJson } from "../local/cloud-files.ts";
import { findFreePorts } from "../local/free-ports.ts";

/** Addresses that the deployed app may reach; a test listens on the ones it needs. Test files run one after another. */
const originCount = 25;

/** The shortest that the app takes, so that a killed worker is missed soon. */
const settings = {
  FOREWARN_LEASE_SECONDS: "6",
  FOREWARN_HEARTBEAT_SECONDS: "6",
  FOREWARN_SCHEDULE_EVERY_MINUTES: "1",
  FOREWARN_EMBED_LEASE_SECONDS: "6",
  FOREWARN_EMBED_BATCH_SIZE: "4",
  // So that a stream ends, and is gone on with, within a test.
  FOREWARN_FIRST_SIGNAL_STREAM_DURATION_SECONDS: "5",
  FOREWARN_FIRST_SIGNAL_STREAM_HEARTBEAT_SECONDS: "1",
  FOREWARN_FIRST_SIGNAL_STREAM_POLL_INTERVAL_MS: "200",
};

export type TestCloud = {
  /** The contents of local.json. Its `allowedPrivateHosts` are for the tests' own servers. */
  local: LocalJson;
  /** For `functionProcessIds(folder, functionName)`. */
  folder: string;
};

declare module "vitest" {
  export interface ProvidedContext {
    cloud: TestCloud | undefined;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.FOREWARN_CONFORMANCE_TARGET) {
    project.provide("cloud", undefined);
    return async () => {};
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), "forewarn-test-cloud-")));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const cloud = await startCloud({
      folder,
      allowedPrivateHosts: (await findFreePorts(originCount)).map((port) => `127.0.0.1:${port}`),
      settings,
      ownerPid: process.pid,
    });
    project.provide("cloud", { local: cloud.local, folder });
    return async () => {
      await cloud.stop();
      await remove();
    };
  } catch (error) {
    await stopCloud(folder);
    await remove();
    throw error;
  }
}
