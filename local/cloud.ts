import { rm } from "node:fs/promises";
import { join } from "node:path";
import { configSchema, settingVariable } from "../cdk/config.ts";
import {
  type CloudRecord,
  dataFolder,
  type LocalJson,
  localJsonPath,
  projectFolder,
  readCloudRecord,
  readLocalJson,
  sharedFolder,
  writeCloudRecord,
  writeLocalJson,
} from "./cloud-files.ts";
import { bootstrap, type DeploymentOptions, deploy, localRegion, localStage, synthesize } from "./deployment.ts";
import { emulatorEndpoint, isEmulatorUp, startEmulator, stopEmulator } from "./emulator.ts";
import { withLock } from "./folder-lock.ts";
import { findFreePort, findFreePorts } from "./free-ports.ts";
import { functionProcessIds } from "./function-processes.ts";
import { ensureMiniLm } from "./minilm-model.ts";
import { lambdaNodeFolder } from "./node-runtime.ts";
import { emulatorPython } from "./python-environment.ts";
import { sourceHash } from "./source-hash.ts";
import { createTenant, readAdminKey } from "./tenants.ts";

export { projectFolder };

/** Tried first, so that addresses stay the same from one start to the next. */
const preferredPort = 4577;

export type CloudOptions = {
  /** Folder of the cloud's data, log and local.json. One cloud a folder. @default `.forewarn` in the project */
  folder?: string;
  /**
   * `host:port` of private addresses that the app may fetch from and deliver to.
   * @default those of the running cloud; for a new one the addresses of two ports that are free now
   */
  allowedPrivateHosts?: readonly string[] | undefined;
  /** Settings of the CDK app (`FOREWARN_LEASE_SECONDS` …), over those of this process's environment. @default none */
  settings?: Readonly<Record<string, string>>;
  /** The cloud ends by itself when this process is gone. @default it stays up until it is stopped */
  ownerPid?: number;
  /** Folder of the CDK app. @default the project */
  appFolder?: string;
  /** Told what takes time, one line a step. @default silent */
  report?: (line: string) => void;
};

type BringUpOptions = CloudOptions & { /** Tried first for a new cloud. */ port?: number };

/** Sends the local cloud's mail, which goes nowhere. */
const localMailSender = "forewarn@example.com";

/** Hosts named by `FOREWARN_ALLOWED_PRIVATE_HOSTS` (`host:port`, comma-separated); `undefined` when it is not set. */
export function allowedPrivateHostsFrom(env: NodeJS.ProcessEnv): string[] | undefined {
  const hosts = env.FOREWARN_ALLOWED_PRIVATE_HOSTS?.split(",").map((host) => host.trim());
  return hosts?.filter((host) => host !== "");
}

export type LocalCloud = {
  folder: string;
  /** The contents of local.json. */
  local: LocalJson;
  /** `found`: it was up and nothing had changed; `updated`: it was up and was deployed anew; `started`. */
  how: "found" | "updated" | "started";
  /** Pids of the processes that run function code now, optionally of one function. */
  functionProcessIds(functionName?: string): Promise<number[]>;
  /** Ends the cloud and everything it started. Its data stay, unless it is deleted with the folder. */
  stop(): Promise<void>;
};

/**
 * Brings up the cloud of a folder: installs the emulator if this is the first time, starts it, deploys the CDK app with
 * the real `cdk deploy`, creates two tenants and writes `local.json`. A cloud that is already up is kept, and deployed
 * anew only when the app's sources or the allowed hosts changed since. A dead one is cleaned up and started with its data.
 * @throws LocalCloudUnavailableError when something is missing on this machine.
 * @throws LocalCommandError when pip, the emulator, cdk or the app's API fails.
 *
 * @example
 * const cloud = await startCloud({ report: console.log });
 * await fetch(`${cloud.local.apiUrl}/api/openapi.json`);
 */
export async function startCloud(options: CloudOptions = {}): Promise<LocalCloud> {
  const folder = options.folder ?? sharedFolder;
  const nodeFolder = lambdaNodeFolder();
  return withLock(join(folder, "cloud.lock"), () => bringUp(folder, nodeFolder, options));
}

/** Ends the cloud of `folder`, whoever started it, and keeps its data. `false` when none was running. */
export async function stopCloud(folder: string = sharedFolder): Promise<boolean> {
  return withLock(join(folder, "cloud.lock"), () => takeDown(folder));
}

/**
 * Empties the cloud of a folder and brings it up anew, at the same address and with the same allowed hosts where that is
 * possible; keys and tenants are new. What all clouds share (the Python environment) stays.
 */
export async function resetCloud(options: CloudOptions = {}): Promise<LocalCloud> {
  const folder = options.folder ?? sharedFolder;
  const nodeFolder = lambdaNodeFolder();
  return withLock(join(folder, "cloud.lock"), async () => {
    const record = await readCloudRecord(folder);
    await takeDown(folder);
    await eraseData(folder);
    return bringUp(folder, nodeFolder, {
      allowedPrivateHosts: record?.allowedPrivateHosts,
      ...(record ? { port: record.port } : {}),
      ...options,
    });
  });
}

async function bringUp(folder: string, nodeFolder: string, options: BringUpOptions): Promise<LocalCloud> {
  const report = options.report ?? (() => {});
  const appFolder = options.appFolder ?? projectFolder;
  const record = await readCloudRecord(folder);
  const allowedPrivateHosts = [
    ...(options.allowedPrivateHosts ??
      record?.allowedPrivateHosts ??
      (await findFreePorts(2)).map((port) => `127.0.0.1:${port}`)),
  ];
  const settings = {
    // The emulator keeps what is mailed: `GET /_ministack/ses/messages`.
    FOREWARN_ALERT_EMAIL_FROM: localMailSender,
    // Functions run on this machine.
    FOREWARN_FUNCTION_PLATFORM: `${process.platform}-${process.arch}`,
    ...settingsIn(process.env),
    ...options.settings,
    FOREWARN_STAGE: localStage,
    FOREWARN_ALLOWED_PRIVATE_HOSTS: allowedPrivateHosts.join(","),
  };
  const hash = await sourceHash(appFolder, settings);
  const isUp = record !== undefined && (await isEmulatorUp(folder, record.pid, record.port));
  const known = await readLocalJson(folder);
  const cloud = (local: LocalJson, how: LocalCloud["how"]): LocalCloud => ({
    folder,
    local,
    how,
    functionProcessIds: (functionName) => functionProcessIds(folder, functionName),
    stop: async () => {
      await stopCloud(folder);
    },
  });
  if (isUp && known && record.deployedHash === hash) return cloud(known, "found");

  const deployment: DeploymentOptions = {
    projectFolder: appFolder,
    outputFolder: folder,
    nodeFolder,
    settings,
  };
  // The app is synthesized while Python and the emulator get ready: the first run's two long steps.
  const synthesis = record?.deployedHash === hash ? undefined : ensureMiniLm(report).then(() => synthesize(deployment));
  synthesis?.catch(() => {}); // awaited below; the emulator's own failure comes first
  const started = isUp ? record : await startEmulatorAgain(folder, nodeFolder, record, allowedPrivateHosts, options);
  if (!isUp && known && started.deployedHash === hash) {
    const local = { ...known, pids: [started.pid] };
    await writeLocalJson(folder, local);
    return cloud(local, "started");
  }
  const endpoint = emulatorEndpoint(started.port);
  report("deploying the CDK app");
  // Until the deployment has ended well, no sources count as deployed.
  if (started.deployedHash !== undefined) await writeCloudRecord(folder, { ...started, deployedHash: "unfinished" });
  await Promise.all([
    synthesis ?? ensureMiniLm(report).then(() => synthesize(deployment)),
    started.deployedHash === undefined ? bootstrap(deployment, endpoint) : undefined,
  ]);
  const outputs = await deploy(deployment, endpoint);
  const apiUrl = `${endpoint}/_aws/execute-api/${outputs.ApiId}`;
  const adminKey = await readAdminKey(endpoint, outputs.AdminKeySecretArn);
  const isSameApp = started.deployedHash !== undefined && known?.adminKey === adminKey;
  const local: LocalJson = {
    apiUrl,
    awsEndpoint: endpoint,
    region: localRegion,
    adminKey,
    tenants: isSameApp
      ? known.tenants
      : [await createTenant(apiUrl, adminKey, "demo-one"), await createTenant(apiUrl, adminKey, "demo-two")],
    stateMachineArns: [outputs.DependencySyncArn, outputs.ProviderSyncArn],
    tableName: outputs.TableName,
    bucketName: outputs.BucketName,
    allowedPrivateHosts,
    pids: [started.pid],
  };
  await writeLocalJson(folder, local);
  await writeCloudRecord(folder, { ...started, allowedPrivateHosts, deployedHash: hash });
  return cloud(local, isUp ? "updated" : "started");
}

/** Starts the emulator of a cloud that is not up, with the data of its last run unless its port is taken now. */
async function startEmulatorAgain(
  folder: string,
  nodeFolder: string,
  last: CloudRecord | undefined,
  allowedPrivateHosts: string[],
  options: BringUpOptions,
): Promise<CloudRecord> {
  const report = options.report ?? (() => {});
  const python = await emulatorPython(report);
  await stopEmulator(folder, last?.pid);
  const port = await findFreePort(preferredPorts(last, options));
  // The addresses of queues are part of the data; a half-deployed stack cannot be updated.
  const keepsData = last?.deployedHash !== undefined && last.port === port;
  if (!keepsData) await eraseData(folder);
  report(`starting the emulator on ${emulatorEndpoint(port)}${keepsData ? ", with the data of its last run" : ""}`);
  const pid = await startEmulator({
    folder,
    port,
    python,
    nodeFolder,
    compileCacheFolder: join(sharedFolder, "compile-cache"),
    ...(options.ownerPid === undefined ? {} : { ownerPid: options.ownerPid }),
  });
  const record = { pid, port, allowedPrivateHosts, ...(keepsData ? { deployedHash: last.deployedHash } : {}) };
  await writeCloudRecord(folder, record);
  return record;
}

/** Only the project's own cloud has a port of its own; every other one takes what is free. */
function preferredPorts(last: CloudRecord | undefined, options: BringUpOptions): number[] {
  const known = last?.port ?? options.port;
  if (known !== undefined) return [known];
  return options.folder === undefined ? [preferredPort] : [];
}

async function takeDown(folder: string): Promise<boolean> {
  const record = await readCloudRecord(folder);
  const isUp = record !== undefined && (await isEmulatorUp(folder, record.pid, record.port));
  await stopEmulator(folder, record?.pid);
  return isUp;
}

async function eraseData(folder: string): Promise<void> {
  await rm(dataFolder(folder), { recursive: true, force: true });
  await rm(localJsonPath(folder), { force: true });
}

/** The settings of the CDK app that are set in an environment; other programs' `FOREWARN_` variables are not. */
function settingsIn(env: NodeJS.ProcessEnv): Record<string, string> {
  const set = Object.keys(configSchema.shape)
    .map(settingVariable)
    .flatMap((name): [string, string][] => (env[name] ? [[name, env[name]]] : []));
  return Object.fromEntries(set);
}
