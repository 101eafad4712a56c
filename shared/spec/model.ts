/**
 * The SpecModel: one canonical form of an API description, whatever version and spelling it was written in.
 *
 * Two documents that mean the same API have the same `rootHash`. Schemas form a graph (`$ref` is never expanded): a
 * schema is named by its index in `SpecModel.schemas`, so a cycle is an ordinary edge. Nodes are one per place in the
 * source, so that `pointer` is exact; equal `hash` means equal meaning, wherever the two stand.
 *
 * The model is plain JSON: it is stored in S3 and read back without a pass over its nodes.
 */

/** Hex content hash of meaning. Stable across runs, machines and releases of the same `modelVersion`. */
export type ContentHash = string;

/** Index into `SpecModel.schemas`. */
export type SchemaId = number;

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export type SpecDialect = "swagger-2.0" | "openapi-3.0" | "openapi-3.1" | "openapi-3.2";

export type JsonType = "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** What every node has: where it stands, what it means, and what is said about it. */
export type NodeBase = {
  /** RFC 6901 pointer into the source document as it was written (not as it was upgraded). */
  pointer: string;
  /** Hash of the meaning: without descriptions, examples, titles and vendor extensions. */
  hash: ContentHash;
  /** Hash of descriptions, examples, titles and vendor extensions below this node; `""` when there are none. */
  annotationsHash: ContentHash;
};

/** One schema. Absent fields mean "no constraint"; values that equal the specification's default are absent. */
export type SchemaNode = NodeBase & {
  /** Name of the component (`#/components/schemas/NAME`, `#/definitions/NAME`) when this node is one. */
  name?: string;
  /** `true` when the schema is boolean `false`: nothing is valid. (`true` and `{}` are a node without constraints.) */
  never?: true;
  /** Sorted set; absent means any type. `nullable: true` of 3.0 is `"null"` in here. */
  types?: JsonType[];
  /**
   * Sorted, without duplicates: texts by code unit, mixed values by canonical JSON. Beside types that include null, null is
   * not listed: 3.0 authors leave it out and mean it.
   */
  enum?: JsonValue[];
  const?: JsonValue;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  /** Numeric form in every dialect. */
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: true;
  minProperties?: number;
  maxProperties?: number;
  minContains?: number;
  maxContains?: number;
  contentEncoding?: string;
  contentMediaType?: string;
  contentSchema?: SchemaId;
  properties?: Record<string, SchemaId>;
  /** Sorted. */
  required?: string[];
  patternProperties?: Record<string, SchemaId>;
  propertyNames?: SchemaId;
  /** Absent: anything more is allowed. `false` is a `never` schema. */
  additionalProperties?: SchemaId;
  unevaluatedProperties?: SchemaId;
  dependentRequired?: Record<string, string[]>;
  dependentSchemas?: Record<string, SchemaId>;
  items?: SchemaId;
  prefixItems?: SchemaId[];
  contains?: SchemaId;
  unevaluatedItems?: SchemaId;
  allOf?: SchemaId[];
  anyOf?: SchemaId[];
  oneOf?: SchemaId[];
  not?: SchemaId;
  if?: SchemaId;
  then?: SchemaId;
  else?: SchemaId;
  discriminator?: { propertyName: string; mapping?: Record<string, SchemaId | string> };
  default?: JsonValue;
  readOnly?: true;
  writeOnly?: true;
  deprecated?: true;
  /** `x-sunset`: RFC 3339 date. */
  sunset?: string;
  /** `x-stability-level`: draft, alpha, beta; `stable` is the default and absent. */
  stability?: string;
  xml?: JsonValue;
  /** `x-extensible-enum`: an enum that clients were told may grow. Sorted. */
  extensibleEnum?: JsonValue[];
  /** Set where a `$ref` leads nowhere: the reference as written. Such a schema accepts anything. */
  danglingRef?: string;
  title?: string;
  description?: string;
};

export type MediaTypeNode = NodeBase & {
  /** Lower case, parameters kept in sorted order: `application/json; charset=utf-8`. */
  mediaType: string;
  schema?: SchemaId;
  /** 3.2 sequential media types. */
  itemSchema?: SchemaId;
  encoding?: Record<string, EncodingNode>;
  /** 3.2, by position; `itemEncoding` is that of every part after them. */
  prefixEncoding?: EncodingNode[];
  itemEncoding?: EncodingNode;
};

/** How a part of a form or of a multipart body is written. Absent fields are the specification's defaults. */
export type EncodingNode = {
  pointer?: string;
  /** Sorted, joined by `, `. */
  contentType?: string;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
  headers?: HeaderNode[];
};

export type ParameterLocation = "path" | "query" | "header" | "cookie" | "querystring";

export type ParameterNode = NodeBase & {
  /** Lower case for headers. */
  name: string;
  in: ParameterLocation;
  required: boolean;
  deprecated: boolean;
  /** Always set: the specification's default for `in` made explicit. */
  style: string;
  explode: boolean;
  allowReserved: boolean;
  allowEmptyValue: boolean;
  schema?: SchemaId;
  /** Instead of `schema`: the parameter's single media type. */
  content?: MediaTypeNode;
  sunset?: string;
  stability?: string;
  description?: string;
};

export type HeaderNode = NodeBase & {
  /** Lower case. */
  name: string;
  required: boolean;
  deprecated: boolean;
  explode: boolean;
  /** Swagger 2.0 `collectionFormat` that OpenAPI 3 cannot write; absent means `simple`. */
  style?: string;
  sunset?: string;
  schema?: SchemaId;
  content?: MediaTypeNode;
  description?: string;
};

export type RequestBodyNode = NodeBase & {
  required: boolean;
  /** Sorted by `mediaType`. */
  content: MediaTypeNode[];
  description?: string;
};

export type LinkNode = NodeBase & {
  name: string;
  operationId?: string;
  operationRef?: string;
  parameters?: Record<string, JsonValue>;
  requestBody?: JsonValue;
  /** URL of the server that takes the place of the target's own. */
  server?: string;
};

export type ResponseNode = NodeBase & {
  /** `"200"`, `"4XX"`, `"default"`. */
  status: string;
  headers: HeaderNode[];
  content: MediaTypeNode[];
  links: LinkNode[];
  description?: string;
};

/** One alternative: every scheme in it is needed. `scopes` sorted. `[]` as the alternative means "anonymous is allowed". */
export type SecurityAlternative = { scheme: string; scopes: string[] }[];

export type ServerNode = NodeBase & {
  url: string;
  variables?: Record<string, { default: string; enum?: string[] }>;
  name?: string;
  description?: string;
};

export type CallbackNode = NodeBase & {
  name: string;
  /** Runtime expression that is the URL. */
  expression: string;
  operations: OperationNode[];
};

export type OperationNode = NodeBase & {
  /** Upper case: `GET`, `QUERY`, or a name from `additionalOperations` as written. */
  method: string;
  /** As written: `/pets/{petId}`. For webhooks the webhook's name. */
  path: string;
  /** Path with its template names erased, `/pets/{}`: what stays equal when a path parameter is renamed. */
  pathKey: string;
  operationId?: string;
  summary?: string;
  description?: string;
  tags: string[];
  deprecated: boolean;
  /** `x-sunset`: RFC 3339 date. */
  sunset?: string;
  /** `x-stability-level`: draft, alpha, beta, stable. */
  stability?: string;
  /** Path-level ones included; sorted by `in` then `name`. */
  parameters: ParameterNode[];
  requestBody?: RequestBodyNode;
  /** Sorted by `status`. */
  responses: ResponseNode[];
  /** Alternatives, sorted; inherited from the document where the operation says nothing; `[]` is "no security". */
  security: SecurityAlternative[];
  /** Inherited from path item and document; sorted by `url`. */
  servers: ServerNode[];
  callbacks: CallbackNode[];
  /**
   * Of parameters, bodies, responses, callbacks and security only: stays equal when an operation moves to another path or
   * method, and when its id, tags, servers or deprecation change.
   */
  shapeHash?: ContentHash;
};

export type OAuthFlow = {
  authorizationUrl?: string;
  /** 3.2 */
  deviceAuthorizationUrl?: string;
  tokenUrl?: string;
  refreshUrl?: string;
  scopes: string[];
};

export type SecuritySchemeNode = NodeBase & {
  name: string;
  type: "apiKey" | "http" | "oauth2" | "openIdConnect" | "mutualTLS";
  /** http: lower case scheme (`basic`, `bearer`). */
  scheme?: string;
  bearerFormat?: string;
  /** apiKey: where and under which name. */
  in?: string;
  parameterName?: string;
  flows?: Record<string, OAuthFlow>;
  openIdConnectUrl?: string;
  deprecated?: true;
};

export type SpecWarning = {
  /** Stable word: `dangling-ref`, `duplicate-key`, `external-ref`, `no-paths`, `unknown-type`, … */
  code: string;
  message: string;
  pointer?: string;
  /** 1-based. */
  line?: number;
  column?: number;
};

export type SpecModel = {
  /** Raised when the meaning of a stored model or of a hash changes. */
  modelVersion: 1;
  dialect: SpecDialect;
  info: { title: string; version: string };
  rootHash: ContentHash;
  annotationsHash: ContentHash;
  /** Of every schema component's name and meaning, used or not: the root hash has neither. */
  componentsHash?: ContentHash;
  schemas: SchemaNode[];
  /** Component name to its schema. */
  components: Record<string, SchemaId>;
  /** Sorted by `path`, then `method`. */
  operations: OperationNode[];
  /** Payloads travel from the API to its client: directions are reversed. Sorted by name. */
  webhooks: OperationNode[];
  /** Document-level security; operations already carry what they inherit. */
  security: SecurityAlternative[];
  securitySchemes: SecuritySchemeNode[];
  /** Document-level servers, in the order written. */
  servers: ServerNode[];
  tags: string[];
  warnings: SpecWarning[];
};

/** A row of a snapshot's operations list. */
export type OperationSummary = {
  method: string;
  path: string;
  operationId?: string;
  summary?: string;
  tags: string[];
  deprecated: boolean;
  /** First segment grouping used by domain filters: the operation's first tag, else the first path segment. */
  domain: string;
  /** URLs of its servers, as written; absent for the default, `/`, and in lists of older releases. */
  servers?: string[];
  /** Of the operation's meaning: equal hash, equal contract. */
  hash: ContentHash;
};
