import { assertSameSize, type Box, drawMix, type Mixing, type MixParams } from "./mixing.ts";

/** The box that b is seen through: sides √(1-λ) of the picture's, cut off at its borders. Widths go with W, heights with H. */
export const boxOf = (width: number, height: number, { lambda, x, y }: MixParams): Box => {
  const side = Math.sqrt(1 - lambda);
  const halfWidth = Math.floor(Math.floor(width * side) / 2);
  const halfHeight = Math.floor(Math.floor(height * side) / 2);
  const middleX = Math.floor(x * width);
  const middleY = Math.floor(y * height);
  return {
    left: Math.max(0, middleX - halfWidth),
    top: Math.max(0, middleY - halfHeight),
    right: Math.min(width, middleX + halfWidth),
    bottom: Math.min(height, middleY + halfHeight),
  };
};

/**
 * A box of b in a (Yun et al. 2019, clovaai/CutMix-PyTorch). The labels' weights follow the area that is really covered, after the
 * box was cut off at the borders; several well-known libraries forget that.
 */
export const cutmix: Mixing = {
  draw: drawMix,
  apply: (a, b, params) => {
    assertSameSize(a, b);
    const { width, height } = a;
    const box = boxOf(width, height, params);
    const data = Uint8Array.from(a.data);
    for (let y = box.top; y < box.bottom; y++) {
      const [from, to] = [(y * width + box.left) * 3, (y * width + box.right) * 3];
      data.set(b.data.subarray(from, to), from);
    }
    const covered = (box.right - box.left) * (box.bottom - box.top);
    return { image: { width, height, data }, lambda: 1 - covered / (width * height), box };
  },
};
