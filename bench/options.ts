/** What a benchmark may be told on the command line; those that do not look at it ignore it. */
export interface BenchOptions {
  /** What its chance comes from. */
  seed: number;
  /** faults: how many SIGKILLs. */
  kills?: number;
  /** hostile, load: how many requests. */
  count?: number;
  /** hostile: only this kind, and only from this seed on, to repeat what was found. */
  kind?: string;
  first?: number;
  /** load: how many requests the database knows before. */
  rows?: number;
}

const number = { type: "string" } as const;
/** The same as `parseArgs` wants it. */
export const optionSpecs = { seed: number, kills: number, count: number, kind: number, first: number, rows: number } as const;

/** What was given, as numbers where they are. */
export const readOptions = (given: Readonly<Partial<Record<keyof typeof optionSpecs, string>>>): BenchOptions => {
  const { kind, ...numbers } = given;
  const read = Object.entries(numbers).map(([name, text]) => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name}: expected a whole number, got "${text}"`);
    return [name, Number(text)];
  });
  return { seed: 1, ...Object.fromEntries(read), ...(kind ? { kind } : {}) };
};
