const MOST_BITS = 12;

/**
 * How many bytes of a GIF's compressed data it takes to draw so many pixels, its end code included; `undefined` where they are not
 * enough or make no sense. Only the lengths of what the codes stand for are looked at.
 */
export const bytesToDraw = (data: Uint8Array, minimum: number, pixels: number): number | undefined => {
  const clear = 1 << minimum;
  const lengths = new Uint32Array(1 << MOST_BITS).fill(1, 0, clear);
  let [next, width, previous, drawn] = [clear + 2, minimum + 1, -1, 0];
  let [bits, held, at] = [0, 0, 0];
  for (;;) {
    while (held < width) {
      const byte = data[at++];
      if (byte === undefined) return drawn >= pixels ? data.length : undefined;
      bits |= byte << held;
      held += 8;
    }
    const code = bits & ((1 << width) - 1);
    if (drawn >= pixels) return code === clear + 1 ? at : at - Math.floor(held / 8);
    bits >>>= width;
    held -= width;
    if (code === clear + 1) return undefined;
    if (code === clear) {
      [next, width, previous] = [clear + 2, minimum + 1, -1];
      continue;
    }
    if (code > next || (previous < 0 && code >= clear) || (code === next && previous < 0)) return undefined;
    const grown = previous < 0 ? 0 : (lengths[previous] as number) + 1;
    if (previous >= 0 && next < 1 << MOST_BITS) {
      lengths[next++] = grown;
      if (next === 1 << width && width < MOST_BITS) width++;
    } else if (code >= next) return undefined;
    drawn += lengths[code] as number;
    previous = code;
  }
};
