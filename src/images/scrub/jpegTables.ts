const sum = (bytes: Uint8Array): number => bytes.reduce((total, it) => total + it, 0);

/** Whether tables that follow one another, each as long as its beginning says, end where the segment ends. */
const fills = (payload: Uint8Array, lengthOf: (table: Uint8Array) => number): boolean => {
  let at = 0;
  while (at < payload.length) at += Math.max(1, lengthOf(payload.subarray(at)));
  return at === payload.length && at > 0;
};

const NEVER = Number.POSITIVE_INFINITY;

/** One byte or two a divisor, and none of them zero. */
const isQuantisation = (payload: Uint8Array) =>
  fills(payload, ([head = 255, ...values]) => {
    const wide = head >> 4;
    const divisors = values.slice(0, 64 * (1 + wide)).filter((_, i) => wide === 0 || i % 2 === 1);
    return wide <= 1 && (head & 15) <= 3 && !divisors.includes(0) ? 1 + 64 * (1 + wide) : NEVER;
  });
/** How many codes there are of each of 16 lengths, and what they stand for: nothing twice, and for DC sizes up to 15. */
const isHuffman = (payload: Uint8Array) =>
  fills(payload, (table) => {
    const [head = 255] = table;
    const count = sum(table.subarray(1, 17));
    const symbols = table.subarray(17, 17 + count);
    const isDc = head >> 4 === 0;
    const fit = new Set(symbols).size === count && symbols.every((it) => !isDc || it <= 15);
    return (head & 0xec) === 0 && fit ? 17 + count : NEVER;
  });
/** Precision, height and width, and of each component its sampling (1 to 4 each way) and which divisors it takes. */
const isFrame = (payload: Uint8Array) =>
  payload.length === 6 + 3 * (payload[5] ?? 0) &&
  payload.length > 6 &&
  [8, 12].includes(payload[0] as number) &&
  payload.subarray(6).every((it, i) => [true, ((it >> 4) - 1) >>> 0 < 4 && ((it & 15) - 1) >>> 0 < 4, it < 4][i % 3]);
/** Of each component which tables it takes; then the first and last coefficient, and their bits. */
const isScan = (payload: Uint8Array) => {
  const [first = 64, last = 64, bits = 255] = payload.subarray(-3);
  const selectors = payload.subarray(1, -3).filter((_, i) => i % 2 === 1);
  const fits = payload.length === 4 + 2 * (payload[0] ?? 0) && payload.length > 4;
  return fits && selectors.every((it) => (it & 0xcc) === 0) && first <= last && last < 64 && bits >> 4 < 14 && (bits & 15) < 14;
};

const checks: Readonly<Record<number, (payload: Uint8Array) => boolean>> = {
  192: isFrame,
  193: isFrame,
  194: isFrame,
  196: isHuffman,
  201: isFrame,
  202: isFrame,
  204: (payload) => payload.length % 2 === 0 && payload.length <= 64,
  218: isScan,
  219: isQuantisation,
  221: (payload) => payload.length === 2,
};

/** Whether a JPEG's segment that belongs to the picture holds exactly what its kind has: nothing hides behind a table. */
export const tableIsSound = (marker: number, payload: Uint8Array): boolean => checks[marker]?.(payload) ?? false;
