/** Standard Webhooks asks for 24 to 64 bytes of key. */
const minSecretBytes = 24;
const maxSecretBytes = 64;

/**
 * A webhook signing secret in the form of Standard Webhooks: `whsec_` and the key in base64.
 *
 * @param randomBytes 24 to 64 bytes from a cryptographic source
 * @throws RangeError for fewer or more
 * @example createChannelSecret(crypto.randomBytes(32));
 */
export function createChannelSecret(randomBytes: Uint8Array): string {
  if (randomBytes.length < minSecretBytes || randomBytes.length > maxSecretBytes) {
    throw new RangeError(
      `a webhook secret has ${minSecretBytes} to ${maxSecretBytes} bytes, not ${randomBytes.length}`,
    );
  }
  return `whsec_${Buffer.from(randomBytes).toString("base64")}`;
}
