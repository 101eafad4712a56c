import { isJsonObject, type JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { isOfMultipart, placesOf } from "./document-places.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch"];
const form = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data";
/** Members of a 2.0 parameter that 3.0 keeps beside its schema. */
const outside = new Set(["name", "in", "description", "required", "collectionFormat", "allowEmptyValue"]);

/**
 * The Swagger 2.0 `document` as an author of OpenAPI 3.0 would write the same API; itself when 3.0 cannot say it: lists in
 * one part of a multipart body, whose styles 3.0 ignores.
 */
export function upgradeSwagger2(document: JsonObject): JsonObject {
  const {
    host,
    basePath,
    schemes,
    consumes,
    produces,
    definitions,
    securityDefinitions,
    parameters,
    responses,
    swagger,
    ...rest
  } = document;
  const scope = { document, consumes: textsOf(consumes), produces: textsOf(produces) };
  const upgraded: JsonObject = {
    openapi: "3.0.3",
    ...rest,
    servers: serversOf(document, textsOf(schemes)),
    paths: mapValues(document.paths, (item) => upgradePathItem(item, scope)),
    components: {
      schemas: mapValues(definitions, (schema) => schema),
      securitySchemes: mapValues(securityDefinitions, upgradeSecurityScheme),
    },
  };
  const isSayable = placesOf(upgraded).every((place) => place.kind !== "encoding" || !isOfMultipart(place));
  return isSayable ? upgradeSchemas(upgraded) : document;
}

type Scope = { document: JsonObject; consumes: string[]; produces: string[] };

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function mapValues(value: JsonValue | undefined, map: (member: JsonObject) => JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(isJsonObject(value) ? value : {}).map(([key, member]) => [
      key,
      isJsonObject(member) ? map(member) : member,
    ]),
  );
}

function serversOf(document: JsonObject, schemes: string[]): JsonObject[] {
  const path = String(document.basePath ?? "").replace(/\/$/, "");
  if (document.host === undefined) return [{ url: path === "" ? "/" : path }];
  if (schemes.length === 0) return [{ url: `//${document.host}${path}` }];
  return schemes.map((scheme) => ({ url: `${scheme}://${document.host}${path}` }));
}

/** What a reference into the document itself names; shared parts are written out where they are used. */
function follow(document: JsonObject, value: JsonValue): JsonObject {
  if (!isJsonObject(value)) return {};
  if (typeof value.$ref !== "string") return value;
  let found: JsonValue | undefined = document;
  for (const name of value.$ref.slice(2).split("/")) found = isJsonObject(found) ? found[name] : undefined;
  return isJsonObject(found) ? found : {};
}

function upgradePathItem(item: JsonObject, scope: Scope): JsonObject {
  const shared = (Array.isArray(item.parameters) ? item.parameters : []).map((one) => follow(scope.document, one));
  const upgraded: JsonObject = {};
  for (const [key, value] of Object.entries(item)) {
    if (key === "parameters") continue;
    upgraded[key] = methods.includes(key) && isJsonObject(value) ? upgradeOperation(value, shared, scope) : value;
  }
  const plain = shared.filter((one) => one.in !== "body" && one.in !== "formData").map(upgradeParameter);
  return plain.length > 0 ? { parameters: plain, ...upgraded } : upgraded;
}

function upgradeOperation(operation: JsonObject, shared: JsonObject[], scope: Scope): JsonObject {
  const { parameters, consumes, produces, schemes, responses, ...rest } = operation;
  const own = (Array.isArray(parameters) ? parameters : []).map((one) => follow(scope.document, one));
  const isPayload = (one: JsonObject) => one.in === "body" || one.in === "formData";
  const payload = [...shared, ...own].filter(isPayload);
  const body = bodyOf(payload, consumes === undefined ? scope.consumes : textsOf(consumes));
  const types = produces === undefined ? scope.produces : textsOf(produces);
  return {
    ...rest,
    parameters: own.filter((one) => !isPayload(one)).map(upgradeParameter),
    ...(body !== undefined && { requestBody: body }),
    ...(schemes !== undefined && { servers: serversOf(scope.document, textsOf(schemes)) }),
    responses: Object.fromEntries(
      Object.entries(isJsonObject(responses) ? responses : {}).map(([status, one]) => [
        status,
        upgradeResponse(follow(scope.document, one), types),
      ]),
    ),
  };
}

function schemaIn(parameter: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameter)
      .filter(([key]) => !outside.has(key) && !key.startsWith("x-"))
      .concat(parameter["x-nullable"] === undefined ? [] : [["x-nullable", parameter["x-nullable"]]]),
  );
}

function upgradeParameter(parameter: JsonObject): JsonObject {
  const { name, in: location, description, required, collectionFormat, type } = parameter;
  const upgraded: JsonObject = { name: name ?? "", in: location ?? "", schema: schemaIn(parameter) };
  if (description !== undefined) upgraded.description = description;
  if (required !== undefined) upgraded.required = required;
  if (parameter.allowEmptyValue !== undefined) upgraded.allowEmptyValue = parameter.allowEmptyValue;
  if (type === "array" && location === "query") Object.assign(upgraded, styleOf(collectionFormat));
  else if (type === "array" && (collectionFormat === "ssv" || collectionFormat === "pipes")) {
    upgraded.style = styleOf(collectionFormat).style ?? "simple";
  }
  return upgraded;
}

function styleOf(collectionFormat: JsonValue | undefined): JsonObject {
  if (collectionFormat === "multi") return { style: "form", explode: true };
  if (collectionFormat === "ssv") return { style: "spaceDelimited", explode: false };
  if (collectionFormat === "pipes") return { style: "pipeDelimited", explode: false };
  return { style: "form", explode: false };
}

function bodyOf(payload: JsonObject[], consumes: string[]): JsonObject | undefined {
  const body = payload.findLast((one) => one.in === "body");
  const contentOf = (types: string[], media: JsonObject) => Object.fromEntries(types.map((type) => [type, media]));
  if (body !== undefined) {
    const types = consumes.length > 0 ? consumes : ["application/json"];
    const { required, description } = body;
    return {
      content: contentOf(types, { schema: body.schema ?? {} }),
      ...(required !== undefined && { required }),
      ...(description !== undefined && { description }),
    };
  }
  if (payload.length === 0) return undefined;
  const fields = [...new Map(payload.map((one) => [one.name, one])).values()];
  const required = fields.filter((one) => one.required === true).map((one) => String(one.name));
  const encoding: JsonObject = {};
  for (const one of fields) {
    if (one.type === "array" && one.collectionFormat !== "multi")
      encoding[String(one.name)] = styleOf(one.collectionFormat);
  }
  const named = consumes.filter((type) => type === form || type === multipart);
  const types = named.length > 0 ? named : [fields.some((one) => one.type === "file") ? multipart : form];
  return {
    required: required.length > 0,
    content: contentOf(types, {
      schema: {
        type: "object",
        properties: Object.fromEntries(fields.map((one) => [String(one.name), schemaIn(one)])),
        ...(required.length > 0 && { required }),
      },
      ...(Object.keys(encoding).length > 0 && { encoding }),
    }),
  };
}

function upgradeResponse(response: JsonObject, produces: string[]): JsonObject {
  const { schema, headers, examples, ...rest } = response;
  const isFile = isJsonObject(schema) && schema.type === "file";
  const types = produces.length > 0 ? produces : [isFile ? "application/octet-stream" : "application/json"];
  return {
    ...rest,
    ...(headers !== undefined && { headers: mapValues(headers, (one) => ({ schema: schemaIn(one) })) }),
    ...(schema !== undefined && { content: Object.fromEntries(types.map((type) => [type, { schema }])) }),
  };
}

const flowNames: Record<string, string> = { application: "clientCredentials", accessCode: "authorizationCode" };

function upgradeSecurityScheme(scheme: JsonObject): JsonValue {
  const { type, flow, authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
  if (type === "basic") return { ...rest, type: "http", scheme: "basic" };
  if (type !== "oauth2") return scheme;
  const urls = {
    ...(authorizationUrl !== undefined && { authorizationUrl }),
    ...(tokenUrl !== undefined && { tokenUrl }),
  };
  return {
    ...rest,
    type: "oauth2",
    flows: { [flowNames[String(flow)] ?? String(flow)]: { ...urls, scopes: scopes ?? {} } },
  };
}

/** References, `x-nullable`, files and names of discriminators, wherever a schema stands. */
function upgradeSchemas<T extends JsonValue>(value: T): T;
function upgradeSchemas(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => upgradeSchemas(item));
  if (!isJsonObject(value)) return value;
  const upgraded: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === "$ref" && typeof member === "string")
      upgraded.$ref = member.replace("#/definitions/", "#/components/schemas/");
    else if (key === "x-nullable" && typeof member === "boolean") upgraded.nullable = member;
    else if (key === "discriminator" && typeof member === "string") upgraded.discriminator = { propertyName: member };
    else upgraded[key] = upgradeSchemas(member);
  }
  return upgraded.type === "file" ? { ...upgraded, type: "string", format: "binary" } : upgraded;
}
