/** So many wrong guesses at once, and one more each so many seconds. */
interface Pace {
  burst: number;
  everySeconds: number;
}
const ONE_ADDRESS_SECONDS = 30;
const ALL_ADDRESSES: Pace = { burst: 100, everySeconds: 1 };
/** How many addresses are remembered; those that guessed last. */
const MAX_ADDRESSES = 10_000;

/**
 * Wrong guesses, `burst` at once by address, and in all. Each pushes the moment at which all is forgiven further away, and how far away it is says
 * how long to wait. Whoever has guessed nothing wrong is looked at even while all the others together are too many.
 */
export const openAttempts = (burst: number, now: () => number = () => performance.now() / 1000) => {
  const oneAddress: Pace = { burst, everySeconds: ONE_ADDRESS_SECONDS };
  const forgiven = new Map<string, number>();
  let allForgiven = 0;
  const waitFor = (until: number, { burst, everySeconds }: Pace) => until - now() - (burst - 1) * everySeconds;
  return {
    /** For how many seconds no guess from here is looked at; 0 when the next one is. */
    wait: (address: string): number => {
      const own = forgiven.get(address) ?? 0;
      if (own <= now()) return 0;
      return Math.max(0, Math.ceil(waitFor(own, oneAddress)), Math.ceil(waitFor(allForgiven, ALL_ADDRESSES)));
    },
    wrong: (address: string): void => {
      const own = Math.max(now(), forgiven.get(address) ?? 0) + oneAddress.everySeconds;
      forgiven.delete(address);
      forgiven.set(address, own);
      allForgiven = Math.max(now(), allForgiven) + ALL_ADDRESSES.everySeconds;
      const [oldest = ""] = forgiven.keys();
      if (forgiven.size > MAX_ADDRESSES) forgiven.delete(oldest);
    },
  };
};
