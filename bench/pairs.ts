import { quantile } from "./shared.ts";

/** The result of measuring two programs in turn, in pictures a second; the other one is null where it is missing. */
export interface Measured {
  ours: number;
  peer: number | null;
  /** Median of ours / peer of each pair. */
  ratio: number | null;
}

const round = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** Pairs: enough for a median that one disturbed run cannot move. */
const PAIRS = 5;

/**
 * Measures both programs in turn, so that whatever else the machine does affects both; which begins alternates too. Both give
 * pictures a second over some seconds, and are already warm.
 */
export const inTurn = async (ours: () => Promise<number>, peer: (() => Promise<number>) | undefined): Promise<Measured> => {
  const pairs: { ours: number; peer: number }[] = [];
  for (let i = 0; i < PAIRS; i++) {
    const first = i % 2 === 0 ? await ours() : undefined;
    const theirs = peer ? await peer() : Number.NaN;
    pairs.push({ ours: first ?? (await ours()), peer: theirs });
  }
  const median = (of: (pair: (typeof pairs)[0]) => number) => quantile(pairs.map(of), 0.5);
  return {
    ours: round(
      median((it) => it.ours),
      4,
    ),
    peer: peer
      ? round(
          median((it) => it.peer),
          4,
        )
      : null,
    ratio: peer
      ? round(
          median((it) => it.ours / it.peer),
          4,
        )
      : null,
  };
};

/** Runs `pass`, each over `batch` pictures, for so many seconds and returns pictures a second. */
export const perSecond = async (pass: () => Promise<unknown> | unknown, batch: number, seconds: number): Promise<number> => {
  const begun = performance.now();
  let passes = 0;
  do {
    await pass();
    passes++;
  } while (performance.now() - begun < seconds * 1000);
  return (passes * batch * 1000) / (performance.now() - begun);
};

/** A share of the peak, to two digits. */
export const fractionOf = (macsPerSecond: number, gflops: number): number => round((2 * macsPerSecond) / (gflops * 1e9), 3);
