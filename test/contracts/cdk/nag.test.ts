import { Validations } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../cdk/config.ts";
import { addForewarn } from "../../../cdk/forewarn.ts";
import { testApp } from "./synthesized.ts";

// By itself, because a finding makes every later synthesis of the app throw.
describe("cdk-nag's AwsSolutions rules", () => {
  it.each(["dev", "prod"])("find nothing in %s that is not explained", (stage) => {
    const app = testApp();
    addForewarn(app, readConfig({ FOREWARN_STAGE: stage }));
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });

  it("would be heard", () => {
    const app = testApp();
    const { data } = addForewarn(app, readConfig({}));
    new Topic(data, "TopicWithoutTls");
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).toThrow("AwsSolutions-SNS3");
  });
});
