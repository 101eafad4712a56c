import { mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import * as z from "zod";
import { LocalCommandError } from "./errors.ts";
import { runCommand } from "./run-command.ts";

export const localRegion = "us-east-1";
export const localStage = "local";
/** The emulator's account. */
const environment = `aws://000000000000/${localRegion}`;

const serviceOutputs = z.object({
  ApiId: z.string(),
  TableName: z.string(),
  BucketName: z.string(),
  AdminKeySecretArn: z.string(),
  DependencySyncArn: z.string(),
  ProviderSyncArn: z.string(),
});
export type ServiceOutputs = z.infer<typeof serviceOutputs>;

export type DeploymentOptions = {
  /** Folder with `cdk.json`. */
  projectFolder: string;
  /** Gets the synthesized app (`cdk.out`) and the outputs of the stacks. */
  outputFolder: string;
  nodeFolder: string;
  /** Environment variables that configure the CDK app. */
  settings: Readonly<Record<string, string>>;
};

/** Credentials and region that the emulator takes; the same for CDK, the SDK and the AWS CLI. */
export const localCredentials = { accessKeyId: "test", secretAccessKey: "test" } as const;

/** Synthesizes the app, functions bundled, into the cloud's folder. Needs no running cloud. */
export async function synthesize(options: DeploymentOptions): Promise<void> {
  await runCdk(options, "Synthesizing the CDK app", options.projectFolder, undefined, [
    "synth",
    "--quiet",
    "--output",
    assemblyFolder(options),
  ]);
}

/** Creates what `cdk deploy` needs in the account (asset bucket, roles). Repeating it changes nothing. */
export async function bootstrap(options: DeploymentOptions, endpoint: string): Promise<void> {
  // In a folder without cdk.json the app is not synthesized a second time.
  const emptyFolder = join(options.outputFolder, "bootstrap");
  await mkdir(emptyFolder, { recursive: true });
  await runCdk(options, "Bootstrapping the local account", emptyFolder, endpoint, ["bootstrap", environment]);
  await rm(emptyFolder, { recursive: true, force: true });
}

/**
 * Deploys the synthesized stacks with the real `cdk deploy`.
 * @returns the outputs of all stacks together.
 * @throws LocalCommandError when the deployment fails or an output is missing.
 */
export async function deploy(options: DeploymentOptions, endpoint: string): Promise<ServiceOutputs> {
  const outputsFile = join(options.outputFolder, "outputs.json");
  await rm(outputsFile, { force: true });
  await runCdk(options, "Deploying the CDK app", options.projectFolder, endpoint, [
    "deploy",
    "--app",
    assemblyFolder(options),
    "--all",
    "--method=direct",
    "--require-approval=never",
    "--concurrency=4",
    "--outputs-file",
    outputsFile,
  ]);
  const byStack: unknown = JSON.parse(await readFile(outputsFile, "utf8").catch(() => "{}"));
  const stacks = z.record(z.string(), z.record(z.string(), z.unknown())).parse(byStack);
  const outputs = serviceOutputs.safeParse(Object.assign({}, ...Object.values(stacks)));
  if (outputs.success) return outputs.data;
  throw new LocalCommandError(
    `The CDK app lacks an output that the local cloud needs:\n${z.prettifyError(outputs.error)}`,
  );
}

const assemblyFolder = (options: DeploymentOptions) => join(options.outputFolder, "cdk.out");

async function runCdk(
  options: DeploymentOptions,
  purpose: string,
  cwd: string,
  endpoint: string | undefined,
  args: readonly string[],
): Promise<void> {
  // Neither the developer's AWS account nor other programs' FOREWARN_ variables, which the app would refuse as unknown.
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|FOREWARN)_/.test(name)));
  await runCommand({
    purpose,
    file: process.execPath,
    args: [createRequire(import.meta.url).resolve("aws-cdk/bin/cdk"), ...args, "--no-notices", "--no-color"],
    cwd,
    env: {
      ...inherited,
      CI: "true", // no progress bar
      CDK_DISABLE_CLI_TELEMETRY: "true",
      CDK_VALIDATION: "false", // its checker takes seconds to load; test/contracts/cdk/nag.test.ts validates
      PATH: [options.nodeFolder, join(options.projectFolder, "node_modules", ".bin"), inherited.PATH].join(delimiter),
      ...options.settings,
      AWS_REGION: localRegion,
      AWS_DEFAULT_REGION: localRegion,
      AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
      ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL: endpoint, AWS_ENDPOINT_URL_S3: endpoint }),
    },
  });
}
