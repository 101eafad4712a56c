import { describe, expect, it } from "vitest";
import { versionOnly, withPlainKeys } from "../../../cdk/bundling/sdk-trimming.ts";

describe("trimming the SDK", () => {
  it("writes constant keys as the text they stand for, and leaves every other one alone", () => {
    const source = [
      'const _hH = "httpHeader";',
      'const _q = "a\\"b";',
      "export var A$ = [3, n0, _A, { [_hH]: 1, [_q]: 2, [computed]: 3 }, [_hH]];",
    ];
    expect(withPlainKeys(source.join("\n")).split("\n")).toEqual([
      'const _hH = "httpHeader";',
      'const _q = "a\\"b";',
      'export var A$ = [3, n0, _A, { "httpHeader": 1, "a\\"b": 2, [computed]: 3 }, [_hH]];',
    ]);
  });

  it("keeps of a package.json what the user agent tells", () => {
    expect(versionOnly('{"name":"@aws-sdk/client-s3","version":"3.1.2","scripts":{}}')).toBe('{"version":"3.1.2"}');
  });
});
