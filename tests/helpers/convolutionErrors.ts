import { pathToFileURL } from "node:url";
import { convolve } from "../../src/tf/convolve.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";

export interface Convolution {
  batch: number;
  side: number;
  inputs: number;
  /** Left out: every channel by itself. */
  outputs?: number;
  kernel: number;
  /** Zeros before and after, across and down. */
  pads: readonly [number, number];
  stride: number;
}

const normal = (shape: number[], seed: number): Tensor => tf.randomNormal(shape, 0, 1, "float32", seed);
/** The largest difference as a share of the largest value that was right. */
const error = (got: Tensor, right: Tensor): number =>
  tf.tidy(() => (tf.div(tf.max(tf.abs(tf.sub(got, right))), tf.max(tf.abs(right))) as Tensor).dataSync()[0] as number);

/** How far `convolve` and its two gradients are from TensorFlow's own operations on a padded input. */
export const convolutionErrors = ({ batch, side, inputs, outputs, kernel, pads, stride }: Convolution) =>
  tf.tidy(() => {
    const depthwise = outputs === undefined;
    const [x, w] = [normal([batch, side, side + 1, inputs], 1), normal([kernel, kernel, inputs, outputs ?? 1], 2)];
    const ours = (x: Tensor, w: Tensor) => convolve(x, w, stride, { height: pads, width: pads }, depthwise);
    const theirs = (x: Tensor, w: Tensor): Tensor => {
      const padded = tf.pad(x, [[0, 0], [...pads], [...pads], [0, 0]]);
      return (depthwise ? tf.depthwiseConv2d : tf.conv2d)(padded as never, w as never, stride, "valid");
    };
    const [y, right] = [ours(x, w), theirs(x, w)];
    const dy = normal(y.shape, 3);
    const gradients = (of: typeof ours) => tf.grads(of as never)([x, w], dy) as unknown as [Tensor, Tensor];
    const [[dx, dw], [rightDx, rightDw]] = [gradients(ours), gradients(theirs)];
    return { output: error(y, right), input: error(dx, rightDx), filter: error(dw, rightDw) };
  });

/** As a program: the errors of the convolutions in its argument, as JSON, for a process with a setting of its own. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(JSON.stringify((JSON.parse(process.argv[2] as string) as Convolution[]).map(convolutionErrors)));
