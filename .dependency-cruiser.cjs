/** Arrows point one way (docs/architecture.md): lambdas → shared/aws → shared/<domain> → shared/contracts. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    forbid(
      "no-cycle",
      "modules that need each other are one module; not so a document's parts, which hold one another",
      { pathNot: "^shared/spec/normalize/" },
      { circular: true, dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "domain-knows-no-aws",
      "the SDK is in shared/aws alone",
      { path: "^shared/", pathNot: "^shared/aws/" },
      { path: "@aws-sdk|@smithy|@aws-lambda-powertools" },
    ),
    forbid(
      "shared-stands-alone",
      "nothing in shared knows who uses it",
      { path: "^shared/" },
      { path: "^(lambdas|cdk|cli|local|web|test|bench)/" },
    ),
    forbid(
      "domain-knows-no-adapter",
      "adapters know the domain, not the reverse",
      { path: "^shared/", pathNot: "^shared/(aws|memory)/" },
      { path: "^shared/(aws|memory)/" },
    ),
    forbid(
      "contracts-know-nothing",
      "contracts are at the end of every arrow",
      { path: "^shared/contracts/" },
      { path: "^shared/", pathNot: "^shared/(contracts/|errors\\.ts)", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "spec-first",
      "spec → diff → rules",
      { path: "^shared/spec/" },
      { path: "^shared/(diff|rules)/", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "facts-before-rules",
      "diff states facts and judges nothing",
      { path: "^shared/diff/" },
      { path: "^shared/rules/" },
    ),
    forbid(
      "cdk-knows-environments",
      "cdk takes environment schemas and the table's definition",
      { path: "^cdk/" },
      {
        path: "^(lambdas|shared)/",
        pathNot:
          "^lambdas/runtime/env\\.ts$|^shared/(contracts/|errors\\.ts|aws/table-definition\\.ts|jobs/job\\.ts|net/)",
      },
    ),
    forbid(
      "cli-knows-contracts",
      "cli knows contracts, spec, diff, rules and report",
      { path: "^cli/" },
      {
        path: "^(lambdas|cdk|local|web|test|bench)/|^shared/",
        pathNot: "^shared/(contracts|spec|diff|rules|report)/|^shared/errors\\.ts",
      },
    ),
    forbid("cli-without-aws", "diff runs on a machine without AWS", { path: "^cli/" }, { path: "@aws-sdk|@smithy" }),
    forbid("tests-are-not-imported", "no product code reaches into tests", { pathNot: "^test/" }, { path: "^test/" }),
    forbid(
      "only-declared-packages",
      "what is imported is in package.json",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown", "undetermined"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "test/fixtures" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
