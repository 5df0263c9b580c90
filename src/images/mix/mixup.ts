import { sameSize } from "../image.ts";
import { assertSameSize, drawMix, type Mixing } from "./mixing.ts";

/** Both pictures laid over each other: λ·a + (1-λ)·b, pixels and labels alike (Zhang et al. 2017). */
export const mixup: Mixing = {
  draw: drawMix,
  apply: (a, b, { lambda }) => {
    assertSameSize(a, b);
    const image = sameSize(a);
    for (let i = 0; i < image.data.length; i++)
      image.data[i] = lambda * (a.data[i] as number) + (1 - lambda) * (b.data[i] as number) + 0.5;
    return { image, lambda };
  },
};
