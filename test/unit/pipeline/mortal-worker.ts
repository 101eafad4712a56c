/** When a worker dies, counted in the calls that it makes to its ports. */
export type Death = { atCall: number; when: "before" | "after" };

/**
 * A worker's ports until it is killed: from then on none of its calls is made or answered, as if its process had ended.
 * `calls` counts the calls of all ports together.
 */
export const createMortal = (death?: Death) => {
  let calls = 0;
  let isDead = false;
  let die = () => {};
  const died = new Promise<"died">((resolve) => {
    die = () => {
      isDead = true;
      resolve("died");
    };
  });
  const never = new Promise<never>(() => {});

  const wrapMethod =
    (method: (...given: unknown[]) => unknown) =>
    async (...given: unknown[]): Promise<unknown> => {
      if (isDead) return never;
      calls += 1;
      const isLast = calls === death?.atCall;
      if (isLast && death.when === "before") {
        die();
        return never;
      }
      const answer = await method(...given);
      if (isLast) die();
      return isDead ? never : answer;
    };

  /** The same port with every asynchronous method mortal. */
  const mortal = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? wrapMethod((...given) => Reflect.apply(value, target, given)) : value;
      },
    });

  return { mortal, died, calls: () => calls };
};
