import { dynamoCheckStore } from "../../shared/aws/dynamo-check-store.ts";
import { dynamoDeliveryStore } from "../../shared/aws/dynamo-delivery-store.ts";
import { dynamoDependencyStore } from "../../shared/aws/dynamo-dependency-store.ts";
import { dynamoHostTurns } from "../../shared/aws/dynamo-host-turns.ts";
import { dynamoJobStore } from "../../shared/aws/dynamo-job-store.ts";
import { dynamoRunStore } from "../../shared/aws/dynamo-run-store.ts";
import { createTable } from "./adapter-cloud.ts";
import { racesContract } from "./races-contract.ts";

racesContract("DynamoDB", async () => {
  const table = await createTable();
  const jobRetentionDays = 90;
  return {
    jobs: dynamoJobStore({ ...table, jobRetentionDays }),
    dependencies: dynamoDependencyStore(table),
    checks: dynamoCheckStore({ ...table, jobRetentionDays }),
    hosts: dynamoHostTurns(table),
    deliveries: dynamoDeliveryStore(table),
    runs: dynamoRunStore({ ...table, runRetentionDays: jobRetentionDays }),
  };
});
