import fc from "fast-check";
import type { JsonObject } from "../../../shared/spec/json-object.ts";
import type { JsonValue } from "../../../shared/spec/model.ts";
import { componentSchemas, type Generation, propertyNames, schemaArbitrary } from "./schema-arbitrary.ts";

type Version = "3.0.3" | "3.1.0" | "3.2.0";

const words = {
  description: fc.constantFrom("Says something.", "Says more."),
  summary: fc.constantFrom("Short", "Shorter"),
  "x-internal": fc.boolean(),
};

const lifecycle = {
  deprecated: fc.boolean(),
  "x-sunset": fc.constantFrom("2027-01-01", "2028-06-30"),
  "x-stability-level": fc.constantFrom("alpha", "beta", "stable"),
};

type Parts = Record<string, fc.Arbitrary<JsonValue>>;

function having(required: Parts, optional: Parts): fc.Arbitrary<JsonObject> {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
}

function mapOf(
  names: readonly string[],
  values: fc.Arbitrary<JsonValue>,
  most: number,
  least = 0,
): fc.Arbitrary<JsonObject> {
  return fc.dictionary(fc.constantFrom(...names), values, { minKeys: least, maxKeys: most, noNullPrototype: true });
}

const server = having(
  { url: fc.constantFrom("https://api.example.com", "https://{region}.example.com/v1", "/v2") },
  {
    description: words.description,
    variables: fc.constantFrom<JsonValue>(
      { region: { default: "eu" } },
      { region: { default: "eu", enum: ["us", "eu"], description: "where" } },
    ),
  },
);

const servers = fc.uniqueArray(server, { minLength: 1, maxLength: 2, selector: ({ url }) => url });

const scopes = fc.subarray(["read", "write", "admin"]);

const security = fc.uniqueArray(
  fc.oneof(
    fc.constant<JsonObject>({}),
    fc.constant<JsonObject>({ key: [] }),
    fc.constant<JsonObject>({ bearer: [], key: [] }),
    scopes.map((list): JsonObject => ({ oauth: list })),
    scopes.map((list): JsonObject => ({ oidc: list, basic: [] })),
  ),
  { maxLength: 3, selector: (item) => JSON.stringify(item) },
);

const securitySchemes: JsonObject = {
  key: { type: "apiKey", in: "header", name: "X-Key", description: "A key." },
  basic: { type: "http", scheme: "basic" },
  bearer: { type: "http", scheme: "Bearer", bearerFormat: "JWT" },
  oidc: { type: "openIdConnect", openIdConnectUrl: "https://id.example.com" },
  oauth: {
    type: "oauth2",
    flows: {
      authorizationCode: {
        authorizationUrl: "https://id.example.com/a",
        tokenUrl: "https://id.example.com/t",
        refreshUrl: "https://id.example.com/r",
        scopes: { read: "Reads", write: "Writes", admin: "Rules" },
      },
      clientCredentials: { tokenUrl: "https://id.example.com/t", scopes: { read: "Reads" } },
    },
  },
};

/** Everything of an OpenAPI 3 document that is not a schema, around the schemas of its version. */
class DocumentParts {
  private readonly version: Version;
  private readonly generation: Generation;
  private readonly schema: fc.Arbitrary<JsonValue>;

  constructor(version: Version) {
    this.version = version;
    this.generation = version === "3.0.3" ? "3.0" : "3.1";
    this.schema = schemaArbitrary(this.generation);
  }

  header(): fc.Arbitrary<JsonObject> {
    return having(
      { schema: this.schema },
      { description: words.description, required: fc.boolean(), deprecated: fc.boolean(), explode: fc.boolean() },
    );
  }

  content(): fc.Arbitrary<JsonObject> {
    const media = having({}, { schema: this.schema, example: fc.constant<JsonValue>({ id: 1 }) });
    const encoding = having(
      {},
      {
        contentType: fc.constantFrom("image/PNG", "text/plain, application/json"),
        headers: mapOf(["X-Part"], this.header(), 1),
        style: fc.constantFrom("form", "spaceDelimited"),
        explode: fc.boolean(),
        allowReserved: fc.boolean(),
      },
    );
    const form = having({ schema: this.schema }, { encoding: mapOf(propertyNames, encoding, 2) });
    const stream = having({}, { itemSchema: this.schema, schema: this.schema });
    return fc
      .tuple(
        mapOf(["application/json", "application/xml", "text/plain; charset=utf-8", "application/*"], media, 2),
        mapOf(["multipart/form-data", "application/x-www-form-urlencoded"], form, 1),
        mapOf(["application/jsonl", "text/event-stream"], this.version === "3.2.0" ? stream : media, 1),
      )
      .map(([plain, forms, streams]) => ({ ...plain, ...forms, ...streams }));
  }

  link(): fc.Arbitrary<JsonObject> {
    return having(
      { operationId: fc.constantFrom("op0", "op1") },
      {
        description: words.description,
        parameters: fc.constantFrom<JsonValue>({ id: "$response.body#/id" }, { id: "$request.path.id", limit: 3 }),
        requestBody: fc.constantFrom<JsonValue>("$request.body", { a: 1 }),
        server,
      },
    );
  }

  response(): fc.Arbitrary<JsonObject> {
    return having(
      { description: words.description },
      {
        content: this.content(),
        headers: mapOf(
          ["X-Rate", "ETag"],
          fc.oneof(this.header(), fc.constant<JsonValue>({ $ref: "#/components/headers/Shared" })),
          2,
        ),
        links: mapOf(
          ["next", "self"],
          fc.oneof(this.link(), fc.constant<JsonValue>({ $ref: "#/components/links/Shared" })),
          2,
        ),
      },
    );
  }

  requestBody(): fc.Arbitrary<JsonObject> {
    return having({ content: this.content() }, { description: words.description, required: fc.boolean() });
  }

  parameters(): fc.Arbitrary<JsonValue[]> {
    const common = { ...lifecycle, description: words.description, required: fc.boolean() };
    const styled = (location: string, names: string[], styles: string[]) =>
      having(
        { name: fc.constantFrom(...names), in: fc.constant(location), schema: this.schema },
        { ...common, style: fc.constantFrom(...styles), explode: fc.boolean() },
      );
    const query = having(
      { name: fc.constantFrom("limit", "sort", "Limit"), in: fc.constant("query"), schema: this.schema },
      {
        ...common,
        style: fc.constantFrom("form", "deepObject", "pipeDelimited"),
        explode: fc.boolean(),
        allowReserved: fc.boolean(),
        allowEmptyValue: fc.boolean(),
      },
    );
    const written = having(
      {
        name: fc.constant("filter"),
        in: fc.constant("query"),
        content: having({ schema: this.schema }, {}).map((media): JsonObject => ({ "application/json": media })),
      },
      common,
    );
    return fc.uniqueArray(
      fc.oneof(
        query,
        written,
        styled("header", ["X-Trace", "X-Other"], ["simple"]),
        styled("cookie", ["session"], ["form"]),
        fc.constant<JsonObject>({ $ref: "#/components/parameters/Shared" }),
      ),
      { maxLength: 3, selector: ({ $ref, in: location, name }) => `${$ref ?? location} ${name}` },
    );
  }

  operation(depth = 1): fc.Arbitrary<JsonObject> {
    const statuses = ["200", "201", "204", "404", "4XX", "default"];
    const answers = fc.oneof(this.response(), fc.constant<JsonValue>({ $ref: "#/components/responses/Shared" }));
    const body = fc.oneof(this.requestBody(), fc.constant<JsonValue>({ $ref: "#/components/requestBodies/Shared" }));
    return having(
      { responses: mapOf(statuses, answers, 2, 1) },
      {
        ...words,
        ...lifecycle,
        tags: fc.subarray(["pets", "shops", "people"]),
        parameters: this.parameters(),
        requestBody: body,
        security,
        servers,
        ...(depth > 0 && { callbacks: mapOf(["onEvent", "onEnd"], this.callback(), 1) }),
      },
    );
  }

  callback(): fc.Arbitrary<JsonObject> {
    const item = having({ post: this.operation(0) }, { parameters: this.parameters() });
    return fc.oneof(
      fc
        .constantFrom("{$request.body#/url}", "{$request.query.url}/done")
        .chain((expression) => fc.record({ [expression]: item })),
      fc.constant<JsonObject>({ $ref: "#/components/callbacks/Shared" }),
    );
  }

  pathItem(): fc.Arbitrary<JsonObject> {
    const methods = ["get", "put", "post", "delete", "patch", ...(this.version === "3.2.0" ? ["query"] : [])];
    return fc
      .tuple(
        mapOf(methods, this.operation(), 2, 1),
        having(
          {},
          {
            parameters: this.parameters(),
            summary: words.summary,
            servers,
            ...(this.version === "3.2.0" && { additionalOperations: mapOf(["COPY", "LINK"], this.operation(), 1) }),
          },
        ),
      )
      .map(([operations, shared]) => ({ ...shared, ...operations }));
  }

  components(): fc.Arbitrary<JsonObject> {
    return fc.record({
      schemas: componentSchemas(this.generation),
      parameters: fc.record({
        Shared: having(
          { name: fc.constant("page"), in: fc.constant("query"), schema: this.schema },
          { required: fc.boolean() },
        ),
      }),
      headers: fc.record({ Shared: this.header() }),
      requestBodies: fc.record({ Shared: this.requestBody() }),
      responses: fc.record({ Shared: this.response() }),
      links: fc.record({ Shared: this.link() }),
      callbacks: fc.record({
        Shared: fc.record({ "{$request.body#/shared}": fc.record({ post: this.operation(0) }) }),
      }),
      securitySchemes: fc.constant(securitySchemes),
    });
  }

  document(): fc.Arbitrary<JsonObject> {
    const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
    const item = this.pathItem().map(({ parameters, ...rest }) => ({
      ...rest,
      parameters: [id, ...(Array.isArray(parameters) ? parameters : [])],
    }));
    const paths = fc
      .tuple(mapOf(["/pets", "/shops"], this.pathItem(), 2, 1), mapOf(["/pets/{id}", "/pets/{name}"], item, 2))
      .map(([plain, templated]) => ({ ...plain, ...templated }));
    return having(
      {
        openapi: fc.constant(this.version),
        info: fc.constant<JsonValue>({ title: "Pets", version: "1" }),
        paths,
        components: this.components(),
      },
      {
        servers,
        security,
        tags: fc.constant<JsonValue>([{ name: "pets", description: "All pets." }]),
        ...(this.generation === "3.1" && { webhooks: mapOf(["newPet"], this.pathItem(), 1) }),
      },
    ).map(nameOperations);
  }
}

/** Gives each operation under `paths` an `operationId` of its own. */
function nameOperations(document: JsonObject): JsonObject {
  const named = structuredClone(document);
  let count = 0;
  for (const item of Object.values(named.paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      if (
        typeof operation === "object" &&
        !Array.isArray(operation) &&
        operation !== null &&
        "responses" in operation &&
        method !== "post"
      )
        Object.assign(operation, { operationId: `op${count++}` });
    }
  }
  return named;
}

/** Whole OpenAPI documents of one version of 3, rich in what the specification allows. */
export function openapi3Arbitrary(version: Version): fc.Arbitrary<JsonObject> {
  return new DocumentParts(version).document();
}
