/** The embedded embedding model, all-MiniLM-L6-v2 as int8 ONNX: what its vectors are known by, and the files it is made of. */
export const embeddedModel = { id: "embedded:all-MiniLM-L6-v2-int8", dimension: 384 } as const;

export const embeddedModelFiles = [
  { name: "model.onnx", sha256: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6" },
  { name: "tokenizer.json", sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037" },
] as const;

/** Below the project's folder: where `npm run model` puts them, and the bundler finds them. */
export const embeddedModelFolder = ".forewarn/models/all-MiniLM-L6-v2-int8";
