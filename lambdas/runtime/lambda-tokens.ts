/**
 * A Lambda function signs its requests with its role's credentials and has no bearer token. The bundler puts this in the place
 * of `@aws-sdk/token-providers`, with which Bedrock's client brings the sign-in of developers' machines along.
 */
export const fromEnvSigningName = () => refuse;
export const nodeProvider = () => refuse;

const refuse = async (): Promise<never> => {
  throw new Error("there are no bearer tokens in Lambda: requests are signed with the role's credentials");
};
