import { canonicalJson, compareStrings } from "../canonical-json.ts";
import { Hash128 } from "../hash128.ts";
import { asString, isJsonObject, type JsonObject, sortedStrings } from "../json-object.ts";
import type { JsonValue, OAuthFlow, SecurityAlternative, SecuritySchemeNode } from "../model.ts";
import { escapePointerToken } from "../pointers.ts";
import { addAnnotations, notesHash } from "./annotations.ts";
import { type NormalizeContext, warn } from "./context.ts";
import { dereference } from "./references.ts";

/** Reads `security`: alternatives sorted, each once; `undefined` when the keyword is absent, `[]` for "none needed". */
export function readSecurity(value: JsonValue | undefined): SecurityAlternative[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const byText = new Map<string, SecurityAlternative>();
  for (const item of value) {
    if (!isJsonObject(item)) continue;
    const alternative = Object.keys(item)
      .sort()
      .map((scheme) => ({ scheme, scopes: sortedStrings(item[scheme]) }));
    byText.set(canonicalJson(alternative), alternative);
  }
  return [...byText].sort(([a], [b]) => compareStrings(a, b)).map(([, alternative]) => alternative);
}

/** Reads the security schemes of any version, sorted by name. */
export function readSecuritySchemes(context: NormalizeContext): SecuritySchemeNode[] {
  const { document } = context;
  const isSwagger2 = context.dialect === "swagger-2.0";
  const components = isJsonObject(document.components) ? document.components : {};
  const schemes = isSwagger2 ? document.securityDefinitions : components.securitySchemes;
  const base = context.base + (isSwagger2 ? "/securityDefinitions" : "/components/securitySchemes");
  if (!isJsonObject(schemes)) return [];
  const nodes: SecuritySchemeNode[] = [];
  for (const name of Object.keys(schemes).sort()) {
    const place = dereference(context, schemes[name], `${base}/${escapePointerToken(name)}`);
    if (place === undefined) continue;
    const node = readScheme(name, place.value, place.pointer);
    if (node !== undefined) nodes.push(node);
    else
      warn(
        context,
        "unknown-security-type",
        name,
        `the security scheme ${name} has an unknown type; it is ignored`,
        place.pointer,
      );
  }
  return nodes;
}

function readScheme(name: string, value: JsonObject, pointer: string): SecuritySchemeNode | undefined {
  const notes = new Hash128();
  addAnnotations(notes, value);
  const base = { pointer, hash: "", annotationsHash: notesHash(notes), name };
  const node = readSchemeOfType(base, value);
  if (node !== undefined && value.deprecated === true) node.deprecated = true;
  return node;
}

function readSchemeOfType(
  base: Pick<SecuritySchemeNode, "pointer" | "hash" | "annotationsHash" | "name">,
  value: JsonObject,
): SecuritySchemeNode | undefined {
  switch (value.type) {
    case "basic":
      return { ...base, type: "http", scheme: "basic" };
    case "http": {
      const bearerFormat = asString(value.bearerFormat);
      const node: SecuritySchemeNode = { ...base, type: "http", scheme: (asString(value.scheme) ?? "").toLowerCase() };
      if (bearerFormat !== undefined) node.bearerFormat = bearerFormat;
      return node;
    }
    case "apiKey": {
      const location = asString(value.in) ?? "";
      const name = asString(value.name) ?? "";
      return {
        ...base,
        type: "apiKey",
        in: location,
        parameterName: location === "header" ? name.toLowerCase() : name,
      };
    }
    case "oauth2":
      return {
        ...base,
        type: "oauth2",
        flows: typeof value.flow === "string" ? readSwagger2Flow(value.flow, value) : readFlows(value.flows),
      };
    case "openIdConnect":
      return { ...base, type: "openIdConnect", openIdConnectUrl: asString(value.openIdConnectUrl) ?? "" };
    case "mutualTLS":
      return { ...base, type: "mutualTLS" };
    default:
      return undefined;
  }
}

function readFlows(value: JsonValue | undefined): Record<string, OAuthFlow> {
  const flows: Record<string, OAuthFlow> = {};
  if (!isJsonObject(value)) return flows;
  for (const name of Object.keys(value).sort()) {
    const flow = value[name];
    if (isJsonObject(flow) && !name.startsWith("x-")) flows[name] = readFlow(flow);
  }
  return flows;
}

/** Swagger 2.0 has one flow, under names that OpenAPI 3 changed. */
function readSwagger2Flow(flow: string, value: JsonObject): Record<string, OAuthFlow> {
  const name = flow === "application" ? "clientCredentials" : flow === "accessCode" ? "authorizationCode" : flow;
  return { [name]: readFlow(value) };
}

function readFlow(value: JsonObject): OAuthFlow {
  const flow: OAuthFlow = {
    scopes: isJsonObject(value.scopes)
      ? Object.keys(value.scopes)
          .filter((scope) => !scope.startsWith("x-"))
          .sort()
      : [],
  };
  for (const key of ["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl"] as const) {
    const url = asString(value[key]);
    if (url !== undefined && url !== "") flow[key] = url;
  }
  return flow;
}
