import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          // Half of the time went into loading the same modules for every file; no unit test changes a module's state.
          pool: "threads",
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: { name: "contracts", include: ["test/contracts/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        test: { name: "simulation", include: ["test/simulation/**/*.test.ts"], testTimeout: 600_000 },
      },
      {
        test: {
          name: "integration",
          include: ["test/conformance/**/*.test.ts", "test/integration/**/*.test.ts"],
          globalSetup: ["test/cloud.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
