/** How RGB bytes (0..255) become a network's numbers: (x / scale - mean) / std for each channel, in the network's channel order. */
export interface Normalisation {
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  /** What bytes are divided by first; 255 unless stated. */
  scale?: number;
  /** The channel order that the network expects, which `mean` and `std` follow too; RGB unless stated. */
  order?: "RGB" | "BGR";
}

/** Where the channels of an image lie: side by side in each pixel, or one plane after another. */
export type Layout = "NHWC" | "NCHW";

/** What each of the 256 byte values becomes, channel after channel: 3 x 256 numbers. */
const tableOf = ({ mean, std, scale = 255 }: Normalisation): Float32Array =>
  Float32Array.from({ length: 3 * 256 }, (_, i) => {
    const channel = i >> 8;
    return ((i & 255) / scale - (mean[channel] as number)) / (std[channel] as number);
  });

/**
 * Makes the function that writes one image, `rgb` bytes row after row, normalised into `out` from index `at` on. Make it once for many
 * images: all that depends on the normalisation is worked out here.
 */
export const normaliser = (
  normalisation: Normalisation,
  layout: Layout,
): ((rgb: Uint8Array, out: Float32Array, at: number) => void) => {
  const table = tableOf(normalisation);
  const [first, last] = normalisation.order === "BGR" ? [2, 0] : [0, 2];
  return (rgb, out, at) => {
    const [plane, step] = layout === "NCHW" ? [rgb.length / 3, 1] : [1, 3];
    for (let i = 0, to = at; i < rgb.length; i += 3, to += step) {
      out[to] = table[rgb[i + first] as number] as number;
      out[to + plane] = table[256 + (rgb[i + 1] as number)] as number;
      out[to + 2 * plane] = table[512 + (rgb[i + last] as number)] as number;
    }
  };
};

/** One image, or several one after another in NHWC, as a network's numbers. */
export const normalise = (rgb: Uint8Array, normalisation: Normalisation, layout: Layout): Float32Array => {
  const out = new Float32Array(rgb.length);
  normaliser(normalisation, layout)(rgb, out, 0);
  return out;
};
