import { describe, expect, it } from "vitest";
import { azureDifferences } from "./differences.ts";
import { azureCases, judgementOf } from "./peer-cases.ts";

const constraint = /-(increased|decreased|set|unset)$|-multiple-of-|-pattern-/;
const typeChange = /-type-(changed|generalized|specialized)$/;
const collectionFormat = /-(style|explode)-changed$/;

/** Our rules that say what a rule of the other engine says; a rule that is not here has no counterpart. */
const counterparts: Record<string, RegExp> = {
  AddedEnumValue: /-enum-value-added$/,
  AddedOperation: /^endpoint-added$/,
  AddedOptionalProperty: /^new-optional-request-property$/,
  AddedPath: /^endpoint-added$/,
  AddedPropertyInResponse: /^response-\w+-property-added$/,
  AddedReadOnlyPropertyInResponse: /^response-\w+-property-added$/,
  AddedRequiredProperty: /^(new-required-request-property|request-property-became-required)/,
  AddingHeader: /^response-header-added$/,
  AddingOptionalParameter: /^new-optional-request-parameter$/,
  AddingRequiredParameter: /^(new-required-request-parameter|request-parameter-renamed)$/,
  AddingResponseCode: /-status-added$/,
  ArrayCollectionFormatChanged: collectionFormat,
  ConstantStatusHasChanged: /-(became-enum|enum-value-\w+|const-\w+)$/,
  ConstraintChanged: constraint,
  ConstraintIsStronger: constraint,
  ConstraintIsWeaker: constraint,
  DefaultValueChanged: /-default-value-changed$/,
  ModifiedOperationId: /^api-operation-id-/,
  ParameterInHasChanged: /^request-parameter-moved$/,
  ReadonlyPropertyChanged: /-read-only$/,
  RemovedDefinition: /^api-schema-removed$/,
  RemovedEnumValue: /-enum-value-removed$/,
  RemovedOperation: /^api-removed-/,
  RemovedOptionalParameter: /^request-parameter-removed/,
  RemovedPath: /^api-path-removed-/,
  RemovedProperty: /-property-removed$/,
  RemovedRequiredParameter: /^request-parameter-(removed|renamed)/,
  RemovedResponseCode: /-status-removed$/,
  RemovingHeader: /-response-header-removed$/,
  RequestBodyFormatNoLongerSupported: /^request-body-media-type-removed$/,
  RequiredStatusChange: /-became-(required|optional)$/,
  ResponseBodyFormatNowSupported: /^response-media-type-added$/,
  TypeChanged: typeChange,
  TypeFormatChanged: typeChange,
};

/** What of the other engine's expectation our rules do not say; `""` when they say all of it. */
function differenceOf({ base, revision, expected, absent }: (typeof azureCases)[number]): string {
  const { verdict, ruleIds } = judgementOf("azure-oad", base, revision);
  if (verdict === "unreadable") return verdict;
  const isSaid = (name: string) => ruleIds.some((id) => counterparts[name]?.test(id) ?? false);
  const silent = expected.map(({ name }) => name).filter((name) => !isSaid(name));
  const loud = absent.filter(isSaid).map((name) => `no absence of ${name}`);
  return [...silent.map((name) => `no ${name}`), ...loud].join(", ");
}

describe("the cases of azure-oad", () => {
  it.each(azureCases.map((one) => [one.test, one] as const))("%s", (test, one) => {
    expect(differenceOf(one)).toBe(azureDifferences[test]?.ours ?? "");
  });

  it("are 71, and only they have differences", () => {
    expect(azureCases.length).toBe(71);
    const tests = new Set(azureCases.map(({ test }) => test));
    expect(Object.keys(azureDifferences).filter((test) => !tests.has(test))).toEqual([]);
  });
});
