import * as z from "zod";
import { shortName, type synthesized } from "./synthesized.ts";

/** One action on one resource, as a role's policies allow it; the resource in our own words. */
export type Right = { action: string; resource: string };

const policy = z.object({
  Properties: z.object({
    PolicyDocument: z.object({
      Statement: z.array(
        z.strictObject({
          Effect: z.literal("Allow"),
          Action: z.union([z.string(), z.array(z.string())]),
          Resource: z.unknown(),
        }),
      ),
    }),
    Roles: z.tuple([z.object({ Ref: z.string() })]),
  }),
});

/**
 * What each role of the service stack may do. Only statements that allow without condition are understood: any other one
 * makes this throw.
 * @returns rights by the name of the function that has the role; `state-machine` and `schedule` for those two.
 */
export function rightsOfRoles({ serviceTemplate }: ReturnType<typeof synthesized>): Record<string, Right[]> {
  const resources: Record<string, { Type: string; Properties: Record<string, unknown> }> =
    serviceTemplate.toJSON().Resources;
  const nameOfRole = (roleId: string): string => {
    const owner = Object.values(resources).find(
      ({ Type, Properties }) =>
        Type === "AWS::Lambda::Function" &&
        JSON.stringify(Properties.Role) === JSON.stringify({ "Fn::GetAtt": [roleId, "Arn"] }),
    );
    if (owner !== undefined) return shortName(String(owner.Properties.FunctionName));
    if (!roleId.includes("StateMachine")) return "schedule";
    return roleId.startsWith("Sessions") ? "session-state-machine" : "state-machine";
  };
  const rights: Record<string, Right[]> = {};
  for (const [id, resource] of Object.entries(resources)) {
    if (resource.Type === "AWS::IAM::Role") expectBare(id, resource.Properties);
    if (resource.Type !== "AWS::IAM::Policy") continue;
    const { PolicyDocument, Roles } = policy.parse(resource).Properties;
    const role = nameOfRole(Roles[0].Ref);
    const ofRole = rights[role] ?? [];
    rights[role] = ofRole;
    for (const statement of PolicyDocument.Statement) {
      for (const action of [statement.Action].flat()) {
        for (const target of [statement.Resource].flat())
          ofRole.push({ action, resource: inOurWords(written(target), resources) });
      }
    }
  }
  return rights;
}

/** Whether `rights` allow `action` on `resource`, wildcards in both counted as IAM counts them. */
export const allowedBy = (rights: readonly Right[], action: string, resource: string): boolean =>
  rights.some((right) => matches(right.action, action) && matches(right.resource, resource));

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`).test(text);

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

/** A role has our policies only: none of AWS's, none inline. */
function expectBare(id: string, properties: Record<string, unknown>): void {
  if (properties.ManagedPolicyArns !== undefined || properties.Policies !== undefined) {
    throw new Error(`${id} has managed or inline policies, which these tests do not read`);
  }
}

/** A value of a template as text, references in angle brackets. */
function written(value: unknown): string {
  if (typeof value === "string") return value;
  const intrinsic = z
    .union([
      z.object({ Ref: z.string() }).transform(({ Ref }) => `<${Ref}>`),
      z
        .object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) })
        .transform((each) => `<${each["Fn::GetAtt"].join(".")}>`),
      z.object({ "Fn::ImportValue": z.string() }).transform((each) => `<${each["Fn::ImportValue"]}>`),
      z
        .object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) })
        .transform((each) => each["Fn::Join"][1].map(written).join(each["Fn::Join"][0])),
    ])
    .parse(value);
  return intrinsic;
}

/** What the references in a policy's resources stand for. */
function inOurWords(
  text: string,
  resources: Readonly<Record<string, { Type: string; Properties: Record<string, unknown> }>>,
): string {
  const arnPrefix = /^arn:(aws|<AWS::Partition>):\w+:<AWS::Region>:<AWS::AccountId>:/;
  return text
    .replace(arnPrefix, "")
    .replace(/^stateMachine:forewarn-dev-/, "")
    .replace(
      /<Forewarn-dev-Data:ExportsOutput(?:FnGetAtt|Ref)(Table|Bodies|AdminKey)\w*>/,
      (_, name: keyof typeof dataWords) => dataWords[name],
    )
    .replace(/<(\w+)(?:\.Arn)?>/, (reference, id: string) => {
      const properties = resources[id]?.Properties ?? {};
      const name = properties.FunctionName ?? properties.QueueName ?? properties.StateMachineName;
      if (typeof name === "string") return shortName(name);
      const logGroup = properties.LogGroupName;
      return typeof logGroup === "string" ? `${shortName(logGroup)}-logs` : reference;
    });
}

const dataWords = { Table: "table", Bodies: "bucket", AdminKey: "admin-key" } as const;
