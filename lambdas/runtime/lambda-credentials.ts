/**
 * Credentials of a Lambda function: always in its environment. The bundler puts this in the place of
 * `@aws-sdk/credential-provider-node`, which every SDK client imports whole: profiles, SSO, web identity, ECS and EC2
 * metadata and the clients that they need are 109 KB of each bundle and never run in Lambda.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not in the environment, where Lambda puts them");
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};
