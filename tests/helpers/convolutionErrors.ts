import { pathToFileURL } from "node:url";
import { convolve } from "../../src/tf/kernels.ts";
import { float, runOne } from "../../src/tf/native.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";

/** [batch, side of the picture, channels in, channels out, kernel, padding on every side]. */
export type Convolution = readonly [number, number, number, number, number, number];

const normal = (shape: number[], seed: number): Tensor => tf.randomNormal(shape, 0, 1, "float32", seed);
/** The largest difference as a share of the largest value that was right. */
const error = (got: Tensor, right: Tensor): number =>
  tf.tidy(() => (tf.div(tf.max(tf.abs(tf.sub(got, right))), tf.max(tf.abs(right))) as Tensor).dataSync()[0] as number);

/** How far `convolve` and its two gradients are from TensorFlow's own operations. */
export const convolutionErrors = ([batch, side, inputs, outputs, kernel, padding]: Convolution) =>
  tf.tidy(() => {
    const pads = { height: [padding, padding], width: [padding, padding] } as const;
    const [x, w] = [normal([batch, side, side + 1, inputs], 1), normal([kernel, kernel, inputs, outputs], 2)];
    const attributes = {
      T: float,
      strides: [1, 1, 1, 1],
      data_format: "NHWC",
      padding: "EXPLICIT",
      explicit_paddings: [0, 0, ...pads.height, ...pads.width, 0, 0],
    };
    const y = convolve(x, w, 1, pads);
    const dy = normal(y.shape, 3);
    const [dx, dw] = tf.grads((x, w) => convolve(x as Tensor, w as Tensor, 1, pads))([x, w], dy) as [Tensor, Tensor];
    const shapeOf = (it: Tensor) => tf.tensor1d(it.shape, "int32");
    return {
      output: error(y, runOne("Conv2D", [x, w], attributes)),
      input: error(dx, runOne("Conv2DBackpropInput", [shapeOf(x), w, dy], attributes)),
      filter: error(dw, runOne("Conv2DBackpropFilter", [x, shapeOf(w), dy], attributes)),
    };
  });

/** As a program: the errors of the convolutions in its argument, as JSON, for a process with a setting of its own. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(JSON.stringify((JSON.parse(process.argv[2] as string) as Convolution[]).map(convolutionErrors)));
