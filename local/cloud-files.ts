import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";

export const projectFolder = dirname(import.meta.dirname);
/** The folder of the one cloud that `npm run local` runs; also holds what all clouds of this checkout share. */
export const sharedFolder = join(projectFolder, ".forewarn");

/** `.forewarn/local.json`: everything that a client of the local cloud needs. Holds keys, so only its owner may read it. */
export const localJson = z.strictObject({
  /** Base of the app's routes: `${apiUrl}/api/dependencies`. */
  apiUrl: z.string(),
  /** Value of `AWS_ENDPOINT_URL` for SDK, CDK and AWS CLI. */
  awsEndpoint: z.string(),
  region: z.string(),
  /** Bearer key that may create tenants. */
  adminKey: z.string(),
  /** Two tenants, made for trying things out. */
  tenants: z.array(z.strictObject({ tenantId: z.string(), apiKey: z.string() })),
  stateMachineArns: z.array(z.string()),
  tableName: z.string(),
  bucketName: z.string(),
  /** `host:port` of the private addresses that this cloud may fetch from and deliver to. */
  allowedPrivateHosts: z.array(z.string()),
  /** The emulator's process; its function processes come and go. */
  pids: z.array(z.number()),
});
export type LocalJson = z.infer<typeof localJson>;

/** What a later run must know of the cloud in a folder. Written as soon as the emulator runs. */
const cloudRecord = z.strictObject({
  pid: z.number(),
  port: z.number(),
  allowedPrivateHosts: z.array(z.string()),
  /** Hash of the sources that are deployed; absent until the first deployment has ended well. */
  deployedHash: z.string().optional(),
});
export type CloudRecord = z.infer<typeof cloudRecord>;

export const localJsonPath = (folder: string) => join(folder, "local.json");
/** What the emulator of `folder` prints, function logs included. */
export const localLogPath = (folder: string) => join(folder, "local.log");
/** All that `npm run local:reset` empties: saved state, S3 objects, unpacked code, the record below. */
export const dataFolder = (folder: string) => join(folder, "cloud");
/** Unpacked code of the running functions; also their /tmp. */
export const functionCodeFolder = (folder: string) => join(dataFolder(folder), "tmp");
const cloudRecordPath = (folder: string) => join(dataFolder(folder), "record.json");

/** The local.json of `folder`, or `undefined` when there is none or an older version wrote it. */
export const readLocalJson = (folder: string) => readAs(localJson, localJsonPath(folder));
export const writeLocalJson = (folder: string, value: LocalJson) => writeWhole(localJsonPath(folder), value);

/** The record of the cloud in `folder`, or `undefined` when none was ever started there. */
export const readCloudRecord = (folder: string) => readAs(cloudRecord, cloudRecordPath(folder));
export const writeCloudRecord = (folder: string, value: CloudRecord) => writeWhole(cloudRecordPath(folder), value);

async function readAs<T>(schema: z.ZodType<T>, path: string): Promise<T | undefined> {
  try {
    return schema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** A reader sees the old file or the new one, never half of it. */
async function writeWhole(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}
