/** The CDK app: `cdk synth` and `cdk deploy` run this file. */
import { App } from "aws-cdk-lib";
import { readConfig } from "./config.ts";
import { ConfigurationError } from "./errors.ts";
import { addForewarn } from "./forewarn.ts";

try {
  const app = new App();
  addForewarn(app, readConfig(process.env));
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(error.message); // the message is for a person: no stack trace
  process.exitCode = 1;
}
