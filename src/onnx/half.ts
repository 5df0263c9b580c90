const [number, bits] = (() => {
  const shared = new ArrayBuffer(4);
  return [new Float32Array(shared), new Uint32Array(shared)] as const;
})();

/** A number's IEEE 754 half-precision bits, rounded to nearest, ties to even. Beyond ±65504 it becomes infinite. */
const halfOf = (value: number): number => {
  number[0] = value;
  const it = bits[0] as number;
  const sign = (it >>> 16) & 0x8000;
  const magnitude = it & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // rounds to 65536 or more
  if (magnitude < 0x38800000) {
    // Below 2⁻¹⁴ halves are whole multiples of 2⁻²⁴, and adding 0.5 lets the float's own rounding find which.
    number[0] = Math.abs(value) + 0.5;
    return sign | ((bits[0] as number) - 0x3f000000);
  }
  const even = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + even) >>> 13);
};

const numberOf = (half: number): number => {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
};

/** Numbers at half their size, with 11 bits of precision: enough for trained weights, and files half as long. */
export const toHalf = (values: Float32Array): Uint16Array => Uint16Array.from(values, halfOf);

/** The numbers of half-precision bits, exactly. */
export const fromHalf = (halves: Uint16Array): Float32Array => Float32Array.from(halves, numberOf);
