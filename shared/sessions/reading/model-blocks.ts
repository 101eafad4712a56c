import type { OperationNode, SpecModel } from "../../spec/model.ts";
import { listOperations } from "../../spec/operations.ts";
import type { Block } from "./blocks.ts";

/** An OpenAPI document as people and word search read it: what it is, then its operations by domain. */
export const describeModel = (model: SpecModel): Block[] => {
  const { info, servers, securitySchemes, operations } = model;
  const blocks: Block[] = [
    { kind: "heading", level: 1, text: info.title },
    { kind: "text", markdown: `Version ${info.version}, ${operations.length} operations.` },
  ];
  // "/" is what a document without servers means.
  const addresses = servers.map(({ url }) => url).filter((url) => url !== "/");
  if (addresses.length > 0) blocks.push({ kind: "text", markdown: addresses.map((url) => `- ${url}`).join("\n") });
  if (securitySchemes.length > 0) {
    const rows = securitySchemes.map(({ name, type, scheme = "" }) => [name, type, scheme]);
    blocks.push({ kind: "heading", level: 2, text: "Authentication" });
    blocks.push({ kind: "table", header: ["Scheme", "Type", "HTTP scheme"], rows });
  }
  const domains = new Map<string, OperationNode[]>();
  for (const [at, { domain }] of listOperations(model).entries()) {
    const operation = operations[at];
    if (operation === undefined) continue;
    const listed = domains.get(domain);
    if (listed === undefined) domains.set(domain, [operation]);
    else listed.push(operation);
  }
  for (const [domain, listed] of domains) {
    const rows = listed.map(({ method, path, summary, operationId }) => [method, path, summary ?? operationId ?? ""]);
    blocks.push({ kind: "heading", level: 2, text: domain === "" ? "Operations" : domain });
    blocks.push({ kind: "table", header: ["Method", "Path", "Summary"], rows });
  }
  return blocks;
};
