import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { createChannelSecret } from "../../../shared/alerts/channel-secret.ts";

test("a secret is its bytes in base64 with the prefix of the scheme", () => {
  expect(createChannelSecret(new Uint8Array(24).fill(0xff))).toBe(`whsec_${"/".repeat(32)}`);
});

test.each([24, 25, 32, 64])("a secret of %i bytes can sign", (length) => {
  expect(() =>
    new Webhook(createChannelSecret(new Uint8Array(length).fill(7))).sign("m", new Date(0), ""),
  ).not.toThrow();
});

test.each([0, 23, 65])("%i bytes are refused", (length) => {
  expect(() => createChannelSecret(new Uint8Array(length))).toThrow(
    new RangeError(`a webhook secret has 24 to 64 bytes, not ${length}`),
  );
});
