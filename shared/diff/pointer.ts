/**
 * Appends reference tokens to an RFC 6901 pointer.
 *
 * @example childPointer("/paths", "/pets") // "/paths/~1pets"
 */
export const childPointer = (pointer: string, ...tokens: string[]): string =>
  tokens.reduce((path, token) => `${path}/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`, pointer);

/** The pointer of the node that holds `pointer`, or `undefined` at the root. */
export const parentPointer = (pointer: string): string | undefined =>
  pointer === "" ? undefined : pointer.slice(0, pointer.lastIndexOf("/"));
