/** Options of the benchmarks on the command line; a benchmark ignores what it does not use. */
export interface BenchOptions {
  /** The seed of everything random. */
  seed: number;
  /** faults: how many SIGKILLs. */
  kills?: number;
  /** hostile, load: how many requests. start: how many times; unsure: how many pictures of CIFAR-10. */
  count?: number;
  /** hostile: only this kind, and only from this seed on, to repeat what was found. */
  kind?: string;
  first?: number;
  /** load: how many requests the database holds before. */
  rows?: number;
  /** train: only this network. */
  net?: string;
}

const text = { type: "string" } as const;
const number = text;
/** The same for `parseArgs`. */
export const optionSpecs = {
  seed: number,
  kills: number,
  count: number,
  kind: text,
  first: number,
  rows: number,
  net: text,
} as const;

/** The options as given, parsed. */
export const readOptions = (given: Readonly<Partial<Record<keyof typeof optionSpecs, string>>>): BenchOptions => {
  const { kind, net, ...numbers } = given;
  const read = Object.entries(numbers).map(([name, text]) => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name}: expected a whole number, got "${text}"`);
    return [name, Number(text)];
  });
  return { seed: 1, ...Object.fromEntries(read), ...(kind ? { kind } : {}), ...(net ? { net } : {}) };
};
