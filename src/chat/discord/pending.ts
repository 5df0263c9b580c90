/** Counts what is under way and has a deadline, so that what has none can let it pass. */
export const openPending = () => {
  let count = 0;
  let waiting: (() => void)[] = [];
  const end = () => {
    count -= 1;
    if (count > 0) return;
    for (const go of waiting) go();
    waiting = [];
  };
  return {
    /** Does something that others let pass. */
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      count += 1;
      return work().finally(end);
    },
    /** Resolves when nothing is under way, and after so many milliseconds at the latest. */
    untilNone: (mostMs: number): Promise<void> =>
      new Promise((resolve) => {
        if (count === 0) return resolve();
        const timer = setTimeout(resolve, mostMs).unref();
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
};
