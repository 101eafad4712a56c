import { additionalPropertiesCheck } from "./checks/additional-properties.ts";
import { bodyPartCheck } from "./checks/body-parts.ts";
import { boundCheck } from "./checks/bounds.ts";
import { componentCheck } from "./checks/components.ts";
import { contentEncodingCheck } from "./checks/content-encodings.ts";
import { defaultCheck } from "./checks/defaults.ts";
import { discriminatorCheck } from "./checks/discriminators.ts";
import { enumCheck } from "./checks/enums.ts";
import { fixedValueCheck } from "./checks/fixed-values.ts";
import { headerCheck } from "./checks/headers.ts";
import { keyedSubschemaCheck } from "./checks/keyed-subschemas.ts";
import { mediaTypeCheck } from "./checks/media-types.ts";
import { multipleCheck } from "./checks/multiples.ts";
import { mutabilityCheck } from "./checks/mutability.ts";
import { nullabilityCheck } from "./checks/nullability.ts";
import { operationLifecycleCheck } from "./checks/operation-lifecycle.ts";
import { operationNameCheck } from "./checks/operation-names.ts";
import { operationCheck } from "./checks/operations.ts";
import { parameterLifecycleCheck } from "./checks/parameter-lifecycle.ts";
import { parameterWritingCheck } from "./checks/parameter-writing.ts";
import { parameterCheck } from "./checks/parameters.ts";
import { patternCheck } from "./checks/patterns.ts";
import { propertyCheck } from "./checks/properties.ts";
import { propertyLifecycleCheck } from "./checks/property-lifecycle.ts";
import { requestBodyCheck } from "./checks/request-bodies.ts";
import { requirednessCheck } from "./checks/requiredness.ts";
import { responseCheck } from "./checks/responses.ts";
import { securityCheck } from "./checks/security.ts";
import { securityFlowCheck } from "./checks/security-flows.ts";
import { securitySchemeCheck } from "./checks/security-schemes.ts";
import { serverCheck } from "./checks/servers.ts";
import { subschemaCheck } from "./checks/subschemas.ts";
import { typeCheck } from "./checks/types.ts";
import { unionCheck } from "./checks/unions.ts";
import { validityCheck } from "./checks/validity.ts";
import { versionCheck } from "./checks/versions.ts";
import { webhookExchangeCheck } from "./checks/webhook-exchanges.ts";
import { webhookCheck } from "./checks/webhooks.ts";
import type { Check, Rule } from "./rule.ts";

/** Every check, in the order in which they run. A new check is one file and one line here. */
export const checks: readonly Check[] = [
  operationCheck,
  operationLifecycleCheck,
  operationNameCheck,
  parameterCheck,
  parameterWritingCheck,
  parameterLifecycleCheck,
  requestBodyCheck,
  responseCheck,
  mediaTypeCheck,
  bodyPartCheck,
  headerCheck,
  propertyCheck,
  requirednessCheck,
  mutabilityCheck,
  propertyLifecycleCheck,
  typeCheck,
  nullabilityCheck,
  enumCheck,
  fixedValueCheck,
  defaultCheck,
  patternCheck,
  boundCheck,
  multipleCheck,
  contentEncodingCheck,
  unionCheck,
  discriminatorCheck,
  additionalPropertiesCheck,
  subschemaCheck,
  keyedSubschemaCheck,
  validityCheck,
  securityCheck,
  securitySchemeCheck,
  securityFlowCheck,
  serverCheck,
  componentCheck,
  webhookCheck,
  webhookExchangeCheck,
  versionCheck,
];

/** Every rule by its id. */
export function allRules(): Map<string, Rule> {
  return new Map(checks.flatMap((check) => Object.entries(check.rules)));
}
