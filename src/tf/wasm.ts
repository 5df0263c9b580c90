import { createRequire } from "node:module";
import type * as Tensorflow from "@tensorflow/tfjs";

type Tf = typeof Tensorflow;
type Four = Tensorflow.Tensor4D;

/** Runs TensorFlow.js on WASM, which any machine can, and teaches it the gradients that its WASM backend lacks. */
export const useWasm = async (tf: Tf): Promise<void> => {
  createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm");
  if (!tf.getKernel("Conv2DBackpropFilter", "wasm")) addGradients(tf);
  if (!(await tf.setBackend("wasm"))) throw new Error("The WASM backend of TensorFlow.js does not start.");
};

interface Attributes {
  strides: number | [number, number];
  pad: "same" | "valid" | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: [number, number, number, number];
  inputShape: [number, number, number, number];
}

/**
 * The gradients of convolutions, written as ordinary convolutions, which XNNPACK runs at about 18 GFLOP/s on one core. Its own
 * gradient for the input is replaced as well: it runs at 3. TensorFlow.js has no gradient of dilated convolutions anywhere.
 */
const addGradients = (tf: Tf): void => {
  const geometry = (input: Attributes["inputShape"], filter: Attributes["filterShape"], it: Attributes, depthwise: boolean) => {
    const info = tf.backend_util.computeConv2DInfo(input, filter, it.strides, 1, it.pad, it.dimRoundingMode, depthwise);
    return { stride: info.strideHeight, ...info.padInfo };
  };

  /** dy with zeros between its samples where the stride is above 1, and a border: the input gradient is a convolution of it. */
  const spread = (dy: Four, filter: Four, it: Attributes, depthwise: boolean): Four => {
    const [kernelHeight, kernelWidth] = filter.shape;
    const [, height, width] = it.inputShape;
    const { stride, top, left } = geometry(it.inputShape, filter.shape, it, depthwise);
    const [n, rows, columns, channels] = dy.shape;
    const apart = (): Four => {
      const cells = tf.pad(tf.reshape(dy, [n, rows, 1, columns, 1, channels]), [
        [0, 0],
        [0, 0],
        [0, stride - 1],
        [0, 0],
        [0, stride - 1],
        [0, 0],
      ]);
      const all = tf.reshape(cells, [n, rows * stride, columns * stride, channels]) as Four;
      return tf.slice(all, [0, 0, 0, 0], [n, (rows - 1) * stride + 1, (columns - 1) * stride + 1, channels]);
    };
    const sparse = stride === 1 ? dy : apart();
    const [above, before] = [kernelHeight - 1 - top, kernelWidth - 1 - left];
    const below = height - (sparse.shape[1] + above - kernelHeight + 1);
    const after = width - (sparse.shape[2] + before - kernelWidth + 1);
    return tf.pad(sparse, [
      [0, 0],
      [above, below],
      [before, after],
      [0, 0],
    ]);
  };

  const padded = (x: Four, it: Attributes, depthwise: boolean) => {
    const { stride, top, bottom, left, right } = geometry(x.shape, it.filterShape, it, depthwise);
    const bordered: Four = tf.pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    return { stride, bordered };
  };

  type Gradient = (inputs: Record<"x" | "dy" | "filter", Four>, attributes: Attributes) => Tensorflow.Tensor;
  const gradients: Record<string, Gradient> = {
    // The input correlated with dy, batch and channels having changed places: summed over the batch, one output per tap.
    Conv2DBackpropFilter: ({ x, dy }, it) => {
      const [kernelHeight, kernelWidth, inputs, filters] = it.filterShape;
      const { stride, bordered } = padded(x, it, false);
      const [a, b] = [tf.transpose(bordered, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3])];
      const all = tf.conv2d(a, b, 1, "valid", "NHWC", stride);
      return tf.transpose(tf.slice(all, [0, 0, 0, 0], [inputs, kernelHeight, kernelWidth, filters]), [1, 2, 0, 3]);
    },
    Conv2DBackpropInput: ({ dy, filter }, it) => {
      const mirrored = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as Four;
      return tf.conv2d(spread(dy, filter, it, false), mirrored, 1, "valid");
    },
    // One product and sum for each of the filter's few taps.
    DepthwiseConv2dNativeBackpropFilter: ({ x, dy }, it) => {
      const [kernelHeight, kernelWidth, inputs, multiplier] = it.filterShape;
      const [n, rows, columns] = dy.shape;
      const { stride, bordered } = padded(x, it, true);
      const slopes = tf.reshape(dy, [n * rows * columns, inputs, multiplier]);
      const taps = Array.from({ length: kernelHeight * kernelWidth }, (_, i) => {
        const [top, left] = [Math.floor(i / kernelWidth), i % kernelWidth];
        const end = [n, top + (rows - 1) * stride + 1, left + (columns - 1) * stride + 1, inputs];
        const seen = tf.stridedSlice(bordered, [0, top, left, 0], end, [1, stride, stride, 1]);
        return tf.sum(tf.mul(tf.reshape(seen, [n * rows * columns, inputs, 1]), slopes), 0);
      });
      return tf.reshape(tf.stack(taps), it.filterShape);
    },
    DepthwiseConv2dNativeBackpropInput: ({ dy, filter }, it) => {
      const [kernelHeight, kernelWidth, inputs, multiplier] = filter.shape;
      const single = tf.reshape(tf.reverse(filter, [0, 1]), [kernelHeight, kernelWidth, inputs * multiplier, 1]) as Four;
      const each = tf.depthwiseConv2d(spread(dy, filter, it, true), single, 1, "valid");
      return multiplier === 1 ? each : tf.sum(tf.reshape(each, [...it.inputShape, multiplier]), 4);
    },
  };

  for (const [kernelName, gradient] of Object.entries(gradients)) {
    if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: ({ inputs, attrs }) =>
        tf.tidy(() => {
          const backend = tf.backend() as unknown as { incRef(id: object): void };
          const own = Object.entries(inputs).map(([name, it]) => {
            const info = it as Tensorflow.TensorInfo;
            backend.incRef(info.dataId); // the tidy will let go of it again
            return [name, tf.engine().makeTensorFromTensorInfo(info)];
          });
          return gradient(Object.fromEntries(own), attrs as unknown as Attributes);
        }),
    });
  }
};
