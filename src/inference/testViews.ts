import { flip } from "../images/augment/flip.ts";
import { shift } from "../images/shift.ts";

/** One way of showing a picture to a model that is being tested, and how much what the model says of it counts. */
interface TestView {
  /** The window is moved by so many pixels to the right and as many down; what lies beyond the edge is mirrored there. */
  shift: number;
  /** Whether it is then mirrored left to right. */
  mirror: boolean;
  /** Of a list of views they sum to 1. */
  weight: number;
}

/** A picture and its mirror image, which share a weight. */
const both = (shift: number, weight: number): TestView[] => [
  { shift, mirror: false, weight: weight / 2 },
  { shift, mirror: true, weight: weight / 2 },
];

/**
 * The views whose logits are averaged when a model is tested (test-time augmentation); the first one is the picture as it is. `six` are those
 * with which airbench94 was published (Jordan 2024, `infer_mirror_translate` in github.com/KellerJordan/cifar10-airbench): half the weight for the
 * picture, half for it moved by a pixel up and left and by one down and right, each with its mirror image.
 *
 * An accuracy without any word is that of one view, everywhere: so are those that other networks are published with and those of /classify's
 * and /distill's networks, and more views cost as many passes. An accuracy of more views says so.
 */
export const testViews = {
  one: [{ shift: 0, mirror: false, weight: 1 }],
  mirror: both(0, 1),
  six: [...both(0, 0.5), ...both(-1, 0.25), ...both(1, 0.25)],
} as const satisfies Record<string, readonly TestView[]>;

export type TestViews = keyof typeof testViews;
export const testViewNames = Object.keys(testViews) as [TestViews, ...TestViews[]];

/** Square RGB pictures [count, size, size, 3] in one view; the same bytes where it changes nothing. */
export const showIn = (pixels: Uint8Array, size: number, view: Pick<TestView, "shift" | "mirror">): Uint8Array => {
  if (view.shift === 0 && !view.mirror) return pixels;
  const length = size * size * 3;
  const out = new Uint8Array(pixels.length);
  for (let from = 0; from < pixels.length; from += length) {
    const image = { width: size, height: size, data: pixels.subarray(from, from + length) };
    const moved = shift(image, view.shift, view.shift, "reflect");
    out.set(flip.apply(moved, { done: Number(view.mirror) }).data, from);
  }
  return out;
};
