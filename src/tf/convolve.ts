import { float, hasOwnOperations, isNative, run, runOne } from "./native.ts";
import { type Tensor, tf } from "./tf.ts";

/** [before, after] pixels of zero padding. */
export type Pads = { height: readonly [number, number]; width: readonly [number, number] };

const explicit = ({ height, width }: Pads) => [[0, 0], height, width, [0, 0]] as [number, number][];

/** x padded by a constant. */
export const pad = (x: Tensor, pads: Pads, value = 0): Tensor =>
  explicit(pads).flat().some(Boolean) ? tf.pad(x, explicit(pads), value) : x;

/** Whether TensorFlow would pad so by itself. */
const isSame = (x: Tensor, w: Tensor, stride: number, { height, width }: Pads): boolean =>
  [height, width].every(([before, after], axis) => {
    const [side, kernel] = [x.shape[axis + 1] as number, w.shape[axis] as number];
    const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side);
    return before === Math.floor(total / 2) && after === Math.ceil(total / 2);
  });

/**
 * From so many channels on, going in or out, a 1x1 convolution is computed as a product of matrices. The same numbers; but oneDNN's
 * convolution divides by zero for some of them, and takes the process along, where a virtual machine hides the processor's caches
 * (1024 to 512 channels, 256 to 1024; TensorFlow 2.21).
 */
const WIDE = 1024;

const isWide = ({ shape: [, , ...channels] }: Tensor): boolean => Math.max(...channels) >= WIDE;

const isPointwise = ({ shape: [height, width] }: Tensor, { height: rows, width: columns }: Pads): boolean =>
  height === 1 && width === 1 && [...rows, ...columns].every((it) => it === 0);

/** Weights up to which operations/pointwise.cc is quicker than oneDNN: up to then they stay in a core's cache. */
const FEW_WEIGHTS = 128 * 256;

const suitsPointwise = ({ shape: [, , ...channels] }: Tensor, stride: number): boolean => {
  const [inputs, filters] = channels as [number, number];
  return stride === 1 && inputs % 8 === 0 && filters % 8 === 0 && inputs * filters <= FEW_WEIGHTS && hasOwnOperations();
};

const product = (x: Tensor, w: Tensor, stride: number): Tensor => {
  const [inputs, filters] = w.shape.slice(2) as [number, number];
  const met = stride === 1 ? x : (tf.avgPool(x as never, 1, stride, "valid") as Tensor);
  const rows = tf.reshape(met, [met.size / inputs, inputs]);
  return tf.reshape(tf.matMul(rows, tf.reshape(w, [inputs, filters])), [...met.shape.slice(0, 3), filters]);
};

/**
 * Whether Winograd's minimal filtering, see operations/winograd.cc, is quicker than TensorFlow's direct sum: it computes squares of 4x4 or 2x2
 * outputs, and what of them lies outside is lost.
 */
const suitsWinograd = (x: Tensor, { shape: [height, width, ...channels] }: Tensor, stride: number, pads: Pads): boolean => {
  if (height !== width || (height !== 3 && height !== 5) || stride !== 1 || channels.some((it) => it % 8 !== 0)) return false;
  const around = [...pads.height, ...pads.width].reduce((sum, it) => sum + it, 0) / 4;
  const side = 7 - height;
  const used = [x.shape[1], x.shape[2]].map((it) => {
    const output = (it as number) + 2 * around - height + 1;
    return output / (Math.ceil(output / side) * side);
  });
  return (used[0] as number) * (used[1] as number) >= LEAST_USED && hasOwnOperations();
};

/** Share of computed outputs that must lie inside a picture. */
const LEAST_USED = 0.4;

/** One of our convolutions and its two gradients, which all take the same attributes but for the filters' size. */
const own = (name: "PeerlabConv2D" | "PeerlabPointwise", x: Tensor, w: Tensor, attributes: Record<string, boolean>): Tensor =>
  tf.customGrad((x, w, save) => {
    const [input, kernel] = [x as Tensor, w as Tensor];
    (save as (them: Tensor[]) => void)([input, kernel]);
    const filters = { ...attributes, ...(name === "PeerlabConv2D" && { kernel: kernel.shape[0] as number }) };
    return {
      value: runOne(name, [input, kernel], attributes),
      gradFunc: (dy: Tensor, [x, w]: Tensor[]) => [
        runOne(`${name}BackpropInput`, [w as Tensor, dy], attributes),
        runOne(`${name}BackpropFilter`, [x as Tensor, dy], filters),
      ],
    };
  })(x, w);

/** Whether operations/depthwise.cc has it. */
const suitsDepthwise = ({ shape: [, , , channels] }: Tensor, { shape: [height, width, , multiplier] }: Tensor): boolean =>
  multiplier === 1 && height === width && (height === 3 || height === 5) && (channels as number) % 8 === 0 && hasOwnOperations();

const ownDepthwise = (x: Tensor, w: Tensor, stride: number, pads: Pads): Tensor =>
  tf.customGrad((x, w, save) => {
    const attributes = { stride, pads: [...pads.height, ...pads.width] };
    const inputs = [x as Tensor, w as Tensor];
    (save as (them: Tensor[]) => void)(inputs);
    const gradients = (dy: Tensor, saved: Tensor[]) => run("PeerlabDepthwiseGrad", [...saved, dy], attributes, 2);
    return { value: runOne("PeerlabDepthwise", inputs, attributes), gradFunc: gradients };
  })(x, w);

/** Convolution or, with `depthwise`, one of every channel by itself: x [batch, height, width, in], w [k, k, in, out or multiplier]. */
export const convolve = (x: Tensor, w: Tensor, stride: number, pads: Pads, depthwise = false): Tensor => {
  if (!isNative()) {
    const padded = pad(x, pads) as Tensor & { rank: 4 };
    const kernel = w as Tensor & { rank: 4 };
    return (depthwise ? tf.depthwiseConv2d : tf.conv2d)(padded as never, kernel as never, stride, "valid");
  }
  if (depthwise && suitsDepthwise(x, w)) return ownDepthwise(x, w, stride, pads);
  if (!depthwise && isPointwise(w, pads)) {
    if (suitsPointwise(w, stride)) return own("PeerlabPointwise", x, w, {});
    if (isWide(w)) return product(x, w, stride);
  }
  // Explicit padding would halve the speed: oneDNN has fast gradients for the other two only.
  const same = isSame(x, w, stride, pads);
  if (!depthwise && suitsWinograd(x, w, stride, pads)) return own("PeerlabConv2D", same ? x : pad(x, pads), w, { same });
  const attributes = { T: float, strides: [1, stride, stride, 1], data_format: "NHWC", padding: same ? "SAME" : "VALID" };
  const name = depthwise ? "DepthwiseConv2dNative" : "Conv2D";
  return tf.customGrad((x, w, save) => {
    const [input, kernel] = [x as Tensor, w as Tensor];
    (save as (them: Tensor[]) => void)([input, kernel]);
    return {
      value: runOne(name, [input, kernel], attributes),
      gradFunc: (dy: Tensor, [x, w]: Tensor[]) => [
        runOne(`${name}BackpropInput`, [tf.tensor1d(input.shape, "int32"), w as Tensor, dy], attributes),
        runOne(`${name}BackpropFilter`, [x as Tensor, tf.tensor1d(kernel.shape, "int32"), dy], attributes),
      ],
    };
  })(same ? x : pad(x, pads), w);
};
