import { type App, Tags } from "aws-cdk-lib";
import type { Config } from "./config.ts";
import { DataStack } from "./stacks/data.ts";
import { ServiceStack } from "./stacks/service.ts";

/** Adds the two stacks of a deployment: what must not be lost, and everything that can be deployed anew around it. */
export function addForewarn(app: App, config: Config): { data: DataStack; service: ServiceStack } {
  const data = new DataStack(app, `Forewarn-${config.stage}-Data`, config);
  const service = new ServiceStack(app, `Forewarn-${config.stage}-Service`, config, data);
  Tags.of(app).add("forewarn:stage", config.stage);
  return { data, service };
}
