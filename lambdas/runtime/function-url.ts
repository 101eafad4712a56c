/**
 * Where a function URL is reached: where AWS says, or at the endpoint that stands in the place of AWS, which serves it under a
 * path of its own.
 * @param endpoint `AWS_ENDPOINT_URL` of the function, which AWS itself does not set
 * @example functionUrlAt("https://abc.lambda-url.us-east-1.on.aws/", "http://127.0.0.1:4566") // "http://127.0.0.1:4566/_aws/lambda-url/abc"
 */
export const functionUrlAt = (url: string, endpoint: string | undefined): string =>
  endpoint ? `${endpoint.replace(/\/$/, "")}/_aws/lambda-url/${new URL(url).hostname.split(".")[0]}` : url;
