import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { searchApiEnv } from "../../lambdas/runtime/env.ts";
import type { Config } from "../config.ts";
import type { DataStack } from "../stacks/data.ts";
import { allowBodies, allowTable } from "./access.ts";
import type { Embeddings } from "./embeddings.ts";
import { TypedFunction } from "./typed-function.ts";

export type SearchProps = { config: Config; data: DataStack; embeddings: Embeddings };

/** The function that answers searches. */
export class Search extends Construct {
  readonly handler: TypedFunction;

  constructor(scope: Construct, id: string, { config, data, embeddings }: SearchProps) {
    super(scope, id);
    this.handler = new TypedFunction(this, "Handler", {
      config,
      name: "api-search",
      description: "Finds operations by words and by meaning",
      entry: "lambdas/api/search-handler.ts",
      env: searchApiEnv,
      environment: {
        TABLE_NAME: data.table.tableName,
        BUCKET_NAME: data.bodies.bucketName,
        EMBEDDER_FUNCTION: embeddings.embedder.functionName,
      },
      memoryMib: 1024, // the index of 100,000 operations, which is loaded once
      timeout: Duration.seconds(29), // API Gateway gives up after 30 s
    });
    allowTable(this.handler, data.table, { items: ["GetItem"] });
    allowBodies(this.handler, data.bodies, { read: ["indexes"] });
    embeddings.allowEmbedding(this.handler);
  }
}
