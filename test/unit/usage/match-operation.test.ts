import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OperationSummary } from "../../../shared/spec/model.ts";
import { createOperationMatcher } from "../../../shared/usage/match-operation.ts";

const operation = (method: string, path: string, servers?: string[]): OperationSummary => ({
  method,
  path,
  tags: [],
  deprecated: false,
  domain: "",
  hash: "h",
  ...(servers === undefined ? {} : { servers }),
});

const servers = ["https://{region}.api.example.com/v1", "//backup.example.com/v1/"];
const pets = [
  operation("GET", "/pets/{petId}", servers),
  operation("GET", "/pets/mine", servers),
  operation("GET", "/pets/{petId}.json", servers),
  operation("DELETE", "/pets/{petId}", servers),
  operation("GET", "/pets/{petId}/toys/{toyId}", servers),
];
const match = createOperationMatcher(pets);
const pathOf = (method: string, target: string) => match(method, target)?.path;

describe("a call", () => {
  it.each([
    ["https://eu.api.example.com/v1/pets/42?fields=name#top", "/pets/{petId}"],
    ["http://EU.api.example.com:80/v1/pets/42/", "/pets/{petId}"],
    ["https://backup.example.com/v1/pets/42", "/pets/{petId}"],
    ["https://eu.api.example.com/v1/pets/mine", "/pets/mine"],
    ["https://eu.api.example.com/v1/pets/42.json", "/pets/{petId}.json"],
    ["https://eu.api.example.com/v1/pets/a%2Fb", "/pets/{petId}"],
    ["https://eu.api.example.com/v1/pets/4/toys/7", "/pets/{petId}/toys/{toyId}"],
    ["/v1/pets/42", "/pets/{petId}"],
    ["/pets/42", "/pets/{petId}"],
    ["/pets/{petId}", "/pets/{petId}"],
    ["https://api.example.org/v1/pets/42", undefined],
    ["https://eu.api.example.com/pets/42", undefined],
    ["https://eu.api.example.com/v1/pets", undefined],
    ["https://eu.api.example.com/v1/cats/42", undefined],
  ])("of %s is of %s", (target, path) => {
    expect(pathOf("get", target)).toBe(path);
  });

  it("goes by its method", () => {
    expect(match("delete", "/pets/mine")).toEqual({ method: "DELETE", path: "/pets/{petId}" });
    expect(match("POST", "/pets/42")).toBeUndefined();
  });

  it("may be of any host where the document names none, and of the base URL beside its servers", () => {
    const anywhere = createOperationMatcher([operation("GET", "/pets")]);
    expect(anywhere("GET", "https://anything.example/pets")).toEqual({ method: "GET", path: "/pets" });
    const based = createOperationMatcher(pets, "https://proxy.internal/petstore");
    expect(based("GET", "https://proxy.internal/petstore/pets/42")?.path).toBe("/pets/{petId}");
  });

  it("is of the operation whose template it was made of, whatever the values", () => {
    const value = fc
      .stringMatching(/^[\w ~!$&'()+,;=:@-]{1,20}$/)
      .filter((text) => text !== "mine" && text.trim() !== "");
    fc.assert(
      fc.property(value, value, (pet, toy) => {
        const path = `/v1/pets/${encodeURIComponent(pet)}/toys/${encodeURIComponent(toy)}`;
        expect(pathOf("GET", `https://us.api.example.com${path}`)).toBe("/pets/{petId}/toys/{toyId}");
      }),
    );
  });
});
