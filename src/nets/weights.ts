/** One array of numbers; a parameter's shape is as `Parameter` says, whatever file or engine it comes from. */
export interface Weight {
  shape: readonly number[];
  data: Float32Array;
}

/** All of a network's numbers under their parameters' names: what engine, checkpoint and ONNX file hand each other. */
export type Weights = ReadonlyMap<string, Weight>;

const reordered = ({ shape, data }: Weight, order: readonly [number, number, number, number]): Weight => {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, it) => product * it, 1));
  const [a, b, c, d] = order.map((axis) => ({ count: shape[axis] as number, stride: strides[axis] as number })) as [
    { count: number; stride: number },
    { count: number; stride: number },
    { count: number; stride: number },
    { count: number; stride: number },
  ];
  const out = new Float32Array(data.length);
  let to = 0;
  for (let i = 0; i < a.count; i++)
    for (let j = 0; j < b.count; j++)
      for (let k = 0; k < c.count; k++) {
        const from = i * a.stride + j * b.stride + k * c.stride;
        for (let l = 0; l < d.count; l++) out[to++] = data[from + l * d.stride] as number;
      }
  return { shape: [a.count, b.count, c.count, d.count], data: out };
};

/** [height, width, inputs, filters], as TensorFlow has convolutions, to [filters, inputs, height, width], as ONNX does. */
export const filtersFirst = (kernel: Weight): Weight => reordered(kernel, [3, 2, 0, 1]);

/** The way back. */
export const filtersLast = (kernel: Weight): Weight => reordered(kernel, [2, 3, 1, 0]);
