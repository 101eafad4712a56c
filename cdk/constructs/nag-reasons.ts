import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/**
 * Acknowledges one wildcard of a role's policies for cdk-nag, with the reason why it has to be there.
 * @param resource as cdk-nag writes it: `*`, or an ARN with its references in angle brackets.
 */
export const explainWildcard = (role: IConstruct, resource: string, reason: string): void =>
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });

/** Acknowledges any other finding of cdk-nag. */
export const explainFinding = (construct: IConstruct, rule: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
