/** Whole numbers out of bytes that nobody vouches for: beyond the end, everything is 0. */
export const reader = (bytes: Uint8Array, littleEndian: boolean) => {
  const number = (at: number, size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (bytes[littleEndian ? at + size - 1 - i : at + i] ?? 0);
    return value;
  };
  return { number, u16: (at: number) => number(at, 2), u32: (at: number) => number(at, 4) };
};

/** A few bytes as Latin-1 text; shorter where the file ends. */
export const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString("latin1");
