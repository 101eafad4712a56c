import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { createTable } from "./adapter-cloud.ts";
import { jobStoreContract } from "./job-store-contract.ts";

jobStoreContract("DynamoDB", async () => {
  const table = await createTable();
  return { jobs: dynamoJobStore({ ...table, jobRetentionDays: 90 }), dependencies: dynamoDependencyStore(table) };
});
