/** What we say of a case instead of what its engine expects, and why. A case that we judge alike must not be here. */
export type Difference = { ours: string; why: string };

/** azure-oad: `ours` names what the other engine says and we do not. */
export const azureDifferences: Record<string, Difference> = {
  SameMajorVersionNumberStrict: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  ReversedVersionNumberChange: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  UnreferencedDefinitionRemoved: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  UnreferencedTypeChanged: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  GlobalParamArrayFormatChanged: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  GlobalParamTypeConstraintsChanged: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  GlobalResponseArrayFormatChanged: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  GlobalResponseTypeConstraintsChanged: {
    ours: "unreadable",
    why: "Our reader refuses a 2.0 document without `paths`, which the specification demands, and says so.",
  },
  ParameterRemoved: {
    ours: "unreadable",
    why: "The document is not JSON (a comma before a closing bracket); we say the line and column.",
  },
  ResponseFormatAdded: {
    ours: "no ResponseBodyFormatNowSupported",
    why: "The operations say `produces` themselves, which replaces the list of the document, and none has a response.",
  },
  DefinitionRemoved: {
    ours: "no RemovedDefinition",
    why: "A component that is only renamed is the same API; nothing else changed.",
  },
  PropertyTypeChanged: {
    ours: "no TypeChanged",
    why: "Only read-only properties of a request changed, which clients do not send.",
  },
  TypeObjectChanged: {
    ours: "no TypeChanged",
    why: "Only read-only properties of a request changed, which clients do not send.",
  },
  PropertyNamedRefTypeChanged: {
    ours: "no TypeChanged",
    why: "Only read-only properties of a request changed, which clients do not send.",
  },
  PropertyTypeFormatChanged: {
    ours: "no TypeFormatChanged",
    why: "Only read-only properties of a request changed, which clients do not send.",
  },
  FormatChanged: { ours: "no TypeFormatChanged", why: "No operation uses the definition, so no client can meet it." },
  FormatRemoved: { ours: "no TypeFormatChanged", why: "No operation uses the definition, so no client can meet it." },
  PropertyRequiredChanged: {
    ours: "no RequiredStatusChange",
    why: "No operation uses the definition, so no client can meet it.",
  },
  OperationIdIsNull: {
    ours: "no NoVersionChange",
    why: "The two documents are the same; an unchanged version number is then right.",
  },
  AddedReadOnlyRequiredProperty: {
    ours: "no AddedRequiredProperty",
    why: "A property that is read-only is not sent, so requiring it asks nothing of a request.",
  },
  ParameterMoved: {
    ours: "no ParameterInHasChanged",
    why: "The parameter of the path got the name of a query parameter, which got a third name: we say renamed, removed and added.",
  },
  CommonParameterWithRef: {
    ours: "no RequiredStatusChange",
    why: "A 2.0 operation has at most one body; of the two that the path lists the last counts, and that one did not change.",
  },
  CommonParameterChanged: {
    ours: "no RemovedRequiredParameter, no ParameterInHasChanged",
    why: "A 2.0 operation has at most one body; of the four that the path lists the last counts, so the others are not compared.",
  },
  ParameterSchemaNameChanged: {
    ours: "no ReferenceRedirection",
    why: "We compare what a reference leads to; a component that is only renamed is the same API.",
  },
  AddedOptionalPropertyToInlineResponseSchema: {
    ours: "no ReferenceRedirection",
    why: "We compare what a reference leads to; what it leads to now is said property by property.",
  },
  ReferenceChanged: {
    ours: "no ReferenceRedirection",
    why: "We compare what a reference leads to; the type that differs there is said.",
  },
  ResponseArrayFormatChanged: {
    ours: "no ArrayCollectionFormatChanged",
    why: "In a schema `collectionFormat` is not a keyword of 2.0: JSON has one way to write a list.",
  },
  ChangedParameterOrder: {
    ours: "no ChangedParameterOrder",
    why: "HTTP parameters have names, not positions; only generated method signatures could differ.",
  },
  ChangedGlobalParameterOrder: {
    ours: "no ChangedParameterOrder",
    why: "HTTP parameters have names, not positions; only generated method signatures could differ.",
  },
  ChangedXmsLongRunningOperation: {
    ours: "no XmsLongRunningOperationChanged",
    why: "A vendor extension of one vendor; it hashes apart from the contract.",
  },
  AddedOrRemovedXmsEnum: {
    ours: "no AddedXmsEnum, no RemovedXmsEnum",
    why: "A vendor extension of one vendor; it hashes apart from the contract.",
  },
  XmsEnumChanged: {
    ours: "no XmsEnumChanged",
    why: "A vendor extension of one vendor; it hashes apart from the contract.",
  },
  ParameterLocationChanged: {
    ours: "no ParameterLocationHasChanged",
    why: "A vendor extension of one vendor; it hashes apart from the contract.",
  },
};

/** drift: `ours` is our verdict. */
export const driftDifferences: Record<string, Difference> = {
  "simple/add-response-code": {
    ours: "safe",
    why: "A new error status is what clients already treat as an error; a new success status we call a change that clients see.",
  },
  "simple/remove-optional-body": {
    ours: "breaking",
    why: "Clients that send the body lose what it did, and servers may refuse it.",
  },
  "simple/remove-required-body": {
    ours: "breaking",
    why: "Every client sends the body; what it did is gone, and servers may refuse it.",
  },
  "simple/remove-response-code": {
    ours: "breaking",
    why: "The status is a success that clients wait for; without it they run into their error handling.",
  },
};

/** openapi-diff-java: `ours` is our verdict. */
export const javaDifferences: Record<string, Difference> = {
  "SchemaDiffTest.addPropertyHandlingTest": {
    ours: "risky",
    why: "A response lost an optional property: correct clients cope, what they did with it no longer happens.",
  },
  "ParameterDiffTest.issue458ExclusiveMinimumRemoved": {
    ours: "unchanged",
    why: "`exclusiveMinimum: false` is the default of 3.0: written or not, the API is the same.",
  },
  "ParameterDiffTest.issue458ExclusiveMaximumRemoved": {
    ours: "unchanged",
    why: "`exclusiveMaximum: false` is the default of 3.0: written or not, the API is the same.",
  },
  "PathDiffTest.testEqual": {
    ours: "safe",
    why: "The path parameter has another name: no request changes, generated clients do, so it is said.",
  },
  "AllOfDiffTest.testDiffSameWithAllOf": {
    ours: "safe",
    why: "A named schema is gone: nothing is sent differently, generated clients lose the type, so it is said.",
  },
  "OneOfDiffTest.testComposedSchema": {
    ours: "safe",
    why: "A response was narrowed to three of the shapes that it could have: every client understands each of them.",
  },
  "MinLengthBCTest.responseMinLengthIncreased": {
    ours: "safe",
    why: "A response was narrowed: whoever reads short texts reads long ones.",
  },
  "MinLengthBCTest.responseMinLengthDecreasedButCompatible": {
    ours: "breaking",
    why: "A response may hold shorter texts than was promised: for readers that is the direction that hurts.",
  },
  "ApiResponseBCTest.decreased": {
    ours: "safe",
    why: "An error status is gone: clients handle one case more than there is.",
  },
  "OperationBCTest.operationIdChangedButCompatible": {
    ours: "risky",
    why: "No request changes, but generated method names do.",
  },
  "OperationBCTest.operationIdChangedInCompatibleWithFlagSet": {
    ours: "risky",
    why: "No request changes, but generated method names do; the other engine was told to call that breaking.",
  },
  "SecuritySchemeBCTest.bearerFormatChanged": {
    ours: "safe",
    why: "`bearerFormat` is a hint, and here it is only said for the first time: no token is another.",
  },
  "WriteOnlyBCTest.responseWriteOnlyIncreased": {
    ours: "risky",
    why: "The property was optional in the response: correct clients cope with its absence.",
  },
  "WriteOnlyBCTest.responseWriteOnlyRequiredDecreased": {
    ours: "safe",
    why: "The property is returned now; clients ignore what they do not know.",
  },
  "ReadOnlyBCTest.requestReadOnlyIncreased": {
    ours: "risky",
    why: "A value that the client sent is ignored or refused from now on; the description does not say which.",
  },
  "SchemaBCTest.changedButCompatible": {
    ours: "risky",
    why: "Optional properties were removed from request and response: correct clients cope, what they did with them no longer happens.",
  },
  "SchemaBCTest.requestPropsPutIncreased": {
    ours: "risky",
    why: "Besides the new property, optional ones were removed: what they did no longer happens.",
  },
  "SchemaBCTest.requestFormatIncreased": {
    ours: "risky",
    why: "int32 to int64 in a request accepts all that was accepted; risky are the properties that were removed beside it.",
  },
  "SchemaBCTest.responseFormatDecreased": {
    ours: "risky",
    why: "int64 to int32 in a response returns only what was possible before; risky are the properties that were removed beside it.",
  },
  "HeadersBCTest.responseDecreased": {
    ours: "risky",
    why: "The header was not required: correct clients cope with its absence.",
  },
  "ParameterBCTest.explodeChanged": {
    ours: "unchanged",
    why: "`explode` only says how a list or an object is written; this parameter is a string.",
  },
  "HeaderBCTest.responseExplodeChanged": {
    ours: "unchanged",
    why: "`explode` only says how an object is written; these headers are integers.",
  },
  "HeaderBCTest.responseRequiredIncreased": {
    ours: "safe",
    why: "A header that is always sent serves all who coped with its absence.",
  },
};
