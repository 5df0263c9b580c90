import type { Text } from "../text.ts";
import type { Net } from "./net.ts";

/** By how many pixels a side a square is averaged into one, for a picture of 32 to be seen at such a side. */
const squares = { 16: 2, 11: 3 } as const;

const joined = (a: Text | undefined, b: Text): Text => (a ? { en: `${a.en} ${b.en}`, ko: `${a.ko} ${b.ko}` } : b);

/**
 * For comparisons that have to be short: the same network on pictures averaged down to 16 or 11 pixels, at a quarter or an eighth of the
 * cost. Its name says so, and may have a suffix: "resnet8-16px", "resnet8-11px-wide".
 */
export const seenAt = (side: keyof typeof squares, net: Net, suffix = ""): Net => ({
  ...net,
  name: `${net.name}-${side}px${suffix}`,
  ...(net.plainTwinOf !== undefined && { plainTwinOf: `${net.plainTwinOf}-${side}px` }),
  variant: joined(net.variant, {
    en: `It sees its pictures averaged down to ${side} pixels a side, so that comparisons take little time.`,
    ko: `그림을 한 변 ${side}픽셀로 줄여서 봐요. 비교 실험을 빨리 하려고 만든 모델이에요.`,
  }),
  forward: (b, x, classes) => net.forward(b, b.averagePool(x, { size: squares[side], padding: "same" }), classes),
});
