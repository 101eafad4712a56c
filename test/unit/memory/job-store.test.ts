import { createMemoryStores } from "../../../shared/memory/memory-stores.ts";
import { jobStoreContract } from "../../conformance/job-store-contract.ts";

jobStoreContract("memory", async () => createMemoryStores());
