/**
 * Works on what `take` gives, at most `concurrency` at once, until it gives nothing more although all that was taken is
 * done: a page that is done may have named the next ones. Nothing is in work any more when it ends.
 * @throws the first failure of a visit; from then on nothing is taken
 */
export const visitAll = async <Page>(
  take: () => Page | undefined,
  visit: (page: Page) => Promise<void>,
  concurrency: number,
): Promise<void> => {
  const failures: unknown[] = [];
  const inWork = new Set<Promise<void>>();
  const begin = (page: Page): void => {
    const work = visit(page)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => inWork.delete(work));
    inWork.add(work);
  };
  for (;;) {
    while (failures.length === 0 && inWork.size < concurrency) {
      const page = take();
      if (page === undefined) break;
      begin(page);
    }
    if (inWork.size === 0) break;
    await Promise.race(inWork);
  }
  if (failures.length > 0) throw failures[0];
};
