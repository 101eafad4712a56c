import { describe, expect, test } from "vitest";
import {
  type AddressPolicy,
  addressPolicyFor,
  assertFetchableUrl,
  parseAllowedPrivateHosts,
  privateRangeOf,
  publicOnlyPolicy,
} from "../../../shared/net/address-guard.ts";
import { AllowedPrivateHostsError, PrivateAddressError, UrlRefusedError } from "../../../shared/net/errors.ts";

const refusalOf = (url: string, policy: AddressPolicy = publicOnlyPolicy): unknown => {
  try {
    return assertFetchableUrl(url, policy).href;
  } catch (error) {
    return error;
  }
};

describe("a private address is refused in any notation", () => {
  test.each([
    ["http://127.0.0.1/", "127.0.0.1", "loopback"],
    ["http://127.0.0.1./", "127.0.0.1", "loopback"],
    ["http://127.1/", "127.0.0.1", "loopback"],
    ["http://127.0.1/", "127.0.0.1", "loopback"],
    ["http://2130706433/", "127.0.0.1", "loopback"],
    ["http://0x7f000001/", "127.0.0.1", "loopback"],
    ["http://0X7F.0.0.1/", "127.0.0.1", "loopback"],
    ["http://0x7f.1/", "127.0.0.1", "loopback"],
    ["http://0177.0.0.1/", "127.0.0.1", "loopback"],
    ["http://017700000001/", "127.0.0.1", "loopback"],
    ["http://①②⑦.⓪.⓪.①/", "127.0.0.1", "loopback"],
    ["http://127。0。0。1/", "127.0.0.1", "loopback"],
    ["http://%31%32%37.0.0.1/", "127.0.0.1", "loopback"],
    ["http://127.8.9.10/", "127.8.9.10", "loopback"],
    ["http://0/", "0.0.0.0", "unspecified"],
    ["http://0.0.0.0/", "0.0.0.0", "unspecified"],
    ["http://10.0.0.1/", "10.0.0.1", "private"],
    ["http://167772161/", "10.0.0.1", "private"],
    ["http://172.16.0.1/", "172.16.0.1", "private"],
    ["http://192.168.1.1/", "192.168.1.1", "private"],
    ["http://0300.0250.1.1/", "192.168.1.1", "private"],
    ["http://169.254.169.254/latest/meta-data/", "169.254.169.254", "linkLocal"],
    ["http://0xa9fea9fe/", "169.254.169.254", "linkLocal"],
    ["http://2852039166/", "169.254.169.254", "linkLocal"],
    ["http://100.64.0.1/", "100.64.0.1", "carrierGradeNat"],
    ["http://192.0.0.192/", "192.0.0.192", "reserved"],
    ["http://198.18.0.1/", "198.18.0.1", "reserved"],
    ["http://224.0.0.1/", "224.0.0.1", "multicast"],
    ["http://240.0.0.1/", "240.0.0.1", "reserved"],
    ["http://255.255.255.255/", "255.255.255.255", "broadcast"],
    ["http://168.63.129.16/", "168.63.129.16", "platform"],
    ["http://[::]/", "::", "unspecified"],
    ["http://[::1]/", "::1", "loopback"],
    ["http://[0:0:0:0:0:0:0:1]/", "::1", "loopback"],
    ["http://[::ffff:127.0.0.1]/", "::ffff:7f00:1", "loopback"],
    ["http://[::ffff:a9fe:a9fe]/", "::ffff:a9fe:a9fe", "linkLocal"],
    ["http://[::ffff:0:10.0.0.1]/", "::ffff:0:a00:1", "rfc6145"],
    ["http://[64:ff9b::7f00:1]/", "64:ff9b::7f00:1", "rfc6052"],
    ["http://[2002:7f00:1::]/", "2002:7f00:1::", "6to4"],
    ["http://[2001::1]/", "2001::1", "teredo"],
    ["http://[fe80::1]/", "fe80::1", "linkLocal"],
    ["http://[fc00::1]/", "fc00::1", "uniqueLocal"],
    ["http://[fd00:ec2::254]/", "fd00:ec2::254", "uniqueLocal"],
    ["http://[ff02::1]/", "ff02::1", "multicast"],
    ["http://[2001:db8::1]/", "2001:db8::1", "reserved"],
    ["http://[4000::1]/", "4000::1", "reserved"],
  ])("%s", (url, address, range) => {
    expect(refusalOf(url)).toEqual(
      new PrivateAddressError(`${address} is not an address on the public internet (${range}).`),
    );
  });

  test("IPv4 inside the deprecated compatible block of IPv6 included", () => {
    expect(refusalOf("http://[::10.0.0.1]/")).toBeInstanceOf(PrivateAddressError);
  });
});

describe("a name of a private network is refused without asking DNS", () => {
  test.each([
    "localhost",
    "LOCALHOST",
    "localhost.",
    "api.localhost",
    "printer.local",
    "vault.internal",
    "metadata.google.internal",
    "nas.home.arpa",
  ])("%s", (host) => {
    const name = host.toLowerCase().replace(/\.$/, "");
    expect(refusalOf(`https://${host}/openapi.json`)).toEqual(
      new PrivateAddressError(`${name} is a name of a private network, not of a public host.`),
    );
  });

  test("a name without a dot, which only a search domain could complete, too", () => {
    expect(refusalOf("https://intern/openapi.json")).toEqual(
      new PrivateAddressError("intern is not a full host name, such as api.example.com."),
    );
  });
});

describe("what is not a URL to fetch is refused with its reason", () => {
  test.each([
    ["", '"" is not a URL.'],
    ["not a url", '"not a url" is not a URL.'],
    ["api.example.com/openapi.json", '"api.example.com/openapi.json" is not a URL.'],
    ["http://", '"http://" is not a URL.'],
    ["https://example.com:99999/", '"https://example.com:99999/" is not a URL.'],
    ["http://[fe80::1%25eth0]/", '"http://[fe80::1%25eth0]/" is not a URL.'],
    ["http://./", "The URL has no host."],
    ["file:///etc/passwd", "Only http and https URLs are fetched, not file."],
    ["ftp://example.com/a", "Only http and https URLs are fetched, not ftp."],
    ["gopher://example.com/", "Only http and https URLs are fetched, not gopher."],
    ["javascript:alert(1)", "Only http and https URLs are fetched, not javascript."],
    ["https://ann:pw@example.com/", "The URL contains a user name or password. Send credentials in a header."],
    ["https://token@example.com/", "The URL contains a user name or password. Send credentials in a header."],
    ["https://example.com:22/", "Port 22 is not fetched from; allowed are 80, 443, 8080, 8443."],
    ["http://8.8.8.8:6379/", "Port 6379 is not fetched from; allowed are 80, 443, 8080, 8443."],
  ])("%s", (url, message) => {
    expect(refusalOf(url)).toEqual(new UrlRefusedError(message));
  });
});

test.each([
  ["https://api.example.com/openapi.json?v=2#/paths", "https://api.example.com/openapi.json?v=2"],
  ["HTTP://API.Example.com:80/a", "http://api.example.com/a"],
  ["https://api.example.com:8443/a", "https://api.example.com:8443/a"],
  ["http://8.8.8.8:8080/", "http://8.8.8.8:8080/"],
  ["http://0x08080808/", "http://8.8.8.8/"],
  ["https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/"],
  ["https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"],
])("%s is fetched as %s", (url, href) => {
  expect(refusalOf(url)).toBe(href);
});

test("a refusal names the request field and the way to the address", () => {
  const refuse = () => assertFetchableUrl("ftp://a.example/", publicOnlyPolicy, { field: "specUrl" });
  expect(refuse).toThrow(expect.objectContaining({ field: "specUrl", code: "validation_error", httpStatus: 400 }));
  const redirect = () =>
    assertFetchableUrl("http://10.0.0.1/", publicOnlyPolicy, { redirectedFrom: "https://a.example/" });
  expect(redirect).toThrow(
    "https://a.example/ redirects to an address that may not be fetched. " +
      "10.0.0.1 is not an address on the public internet (private).",
  );
});

describe("allowed private hosts", () => {
  const allowedPrivateHosts = parseAllowedPrivateHosts("127.0.0.1:4100, localhost:80,[::1]:9000");
  const policy = { ...publicOnlyPolicy, allowedPrivateHosts };

  test("are normalised as URLs are", () => {
    expect(allowedPrivateHosts).toEqual(new Set(["127.0.0.1:4100", "localhost:80", "[::1]:9000"]));
    expect(parseAllowedPrivateHosts("127.1:4100,LOCALHOST:443,")).toEqual(new Set(["127.0.0.1:4100", "localhost:443"]));
    expect(parseAllowedPrivateHosts(undefined)).toEqual(new Set());
  });

  test("make the policy of a deployment, with the customary ports", () => {
    expect(addressPolicyFor("127.0.0.1:4100, localhost:80,[::1]:9000")).toEqual(policy);
    expect(addressPolicyFor("")).toEqual(publicOnlyPolicy);
  });

  test("match host and port exactly, with the scheme's port filled in", () => {
    expect(refusalOf("http://127.0.0.1:4100/a", policy)).toBe("http://127.0.0.1:4100/a");
    expect(refusalOf("http://0x7f.1:4100/a", policy)).toBe("http://127.0.0.1:4100/a");
    expect(refusalOf("http://localhost/a", policy)).toBe("http://localhost/a");
    expect(refusalOf("http://[::1]:9000/", policy)).toBe("http://[::1]:9000/");
    expect(refusalOf("https://localhost/a", policy)).toBeInstanceOf(PrivateAddressError);
    expect(refusalOf("http://127.0.0.1:4101/a", policy)).toBeInstanceOf(PrivateAddressError);
    expect(refusalOf("http://127.0.0.2:4100/a", policy)).toBeInstanceOf(PrivateAddressError);
  });

  test("still need http and carry no credentials", () => {
    expect(refusalOf("ftp://127.0.0.1:4100/", policy)).toBeInstanceOf(UrlRefusedError);
    expect(refusalOf("http://u:p@127.0.0.1:4100/", policy)).toBeInstanceOf(UrlRefusedError);
  });

  test.each(["127.0.0.1", "http://127.0.0.1:80", "a:b", "host:0", "host:70000", "[::1]", "a b:80", "u@h:80"])(
    "%s is not one",
    (entry) => {
      expect(() => parseAllowedPrivateHosts(entry)).toThrow(new AllowedPrivateHostsError(entry));
    },
  );
});

test("the range of an address that is no address is never public", () => {
  expect(privateRangeOf("example.com")).toBe("not an IP address");
  expect(privateRangeOf("fe80::1%eth0")).toBe("linkLocal");
  expect(privateRangeOf("1.1.1.1")).toBeUndefined();
});
