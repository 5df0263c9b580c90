import { describe, expect, it } from "vitest";
import { bodyOfModel, computeFeatures } from "../../src/inference/features.ts";
import { inspect } from "../../src/inference/inspect.ts";
import { transferredModel } from "../../src/inference/transferredModel.ts";
import { findDenseHead } from "../../src/onnx/denseHead.ts";
import { readModel } from "../../src/onnx/file.ts";
import { viewGraph } from "../../src/onnx/graph.ts";
import type { OnnxNode } from "../../src/onnx/model.ts";
import { colours, flatColourModel, floats, modelOf, node, plainly, SIDE, value } from "../helpers/onnxModels.ts";
import { noisySquares } from "../helpers/squares.ts";

const identity = floats("weight", [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
const pointwise = floats("weight", [3, 3, 1, 1], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
const bias = floats("bias", [3], [0.1, 0.2, 0.3]);
const means = [node("GlobalAveragePool", ["picture"], ["pooled"]), node("Flatten", ["pooled"], ["flat"])];
const headOf = (nodes: OnnxNode[], initializer = [identity, bias]) => {
  const { graph } = readModel(modelOf({ node: nodes, initializer }));
  return graph && findDenseHead(viewGraph(graph), "scores");
};

describe("the last dense layer", () => {
  it("is found behind a bias, a scale and a softmax, and as a convolution whose maps are averaged", () => {
    const product = node("MatMul", ["flat", "weight"], ["product"]);
    const sum = node("Add", ["bias", "product"], ["sum"]);
    expect(headOf([...means, product, sum, node("Softmax", ["sum"], ["scores"])])).toMatchObject({ input: "flat", isMap: false });
    expect(headOf([...means, product, node("Mul", ["product", "bias"], ["scores"])])).toMatchObject({ input: "flat" });
    const maps = [
      node("Conv", ["picture", "weight"], ["maps"]),
      node("Relu", ["maps"], ["positive"]),
      node("GlobalAveragePool", ["positive"], ["averaged"]),
      node("Flatten", ["averaged"], ["scores"]),
    ];
    expect(headOf(maps, [pointwise])).toMatchObject({ input: "picture", isMap: true });
  });

  it("is not found where scores are made in another way", () => {
    const product = node("MatMul", ["flat", "weight"], ["product"]);
    expect(headOf([...means, node("Relu", ["flat"], ["scores"])])).toBeUndefined();
    expect(headOf([...means, product, node("Add", ["product", "flat"], ["scores"])])).toBeUndefined();
    expect(headOf([...means, node("MatMul", ["weight", "flat"], ["scores"])])).toBeUndefined();
    expect(headOf([...means, { ...product, opType: "QLinearMatMul", output: ["scores"] }])).toBeUndefined();
    expect(headOf([...means, { ...product, domain: "own", output: ["scores"] }])).toBeUndefined();
  });
});

it("a file bound to one picture at a time gives features too, and takes a new layer", async () => {
  const bytes = flatColourModel(1);
  const card = await inspect(bytes, { name: "flat", file: "flat.onnx", preprocessing: plainly, labels: colours });
  const body = bodyOfModel({ bytes, card });
  const pixels = noisySquares(3, SIDE);
  const { width, values } = await computeFeatures(body, { pixels, size: SIDE, indices: [0, 2] });
  expect(width).toBe(3 * SIDE * SIDE);
  // The layer reads the pixels themselves, plane by plane.
  expect(values[width]).toBeCloseTo((pixels[2 * width] as number) / 255, 6);
  const layer = { width, kernel: new Float32Array(2 * width), bias: Float32Array.of(1, 2) };
  const made = await transferredModel(body, { ...layer, name: "new", classes: ["a", "b"] });
  expect(made.card).toMatchObject({ classes: ["a", "b"], params: 2 * width + 2, macs: 2 * width });
});

it("a file that names no batch size but is bound to one inside is fed one picture at a time", async () => {
  const shape = { name: "shape", dims: [2], dataType: 7, rawData: new Uint8Array(BigInt64Array.of(1n, -1n).buffer) };
  const bytes = modelOf({
    node: [
      node("GlobalAveragePool", ["picture"], ["pooled"]),
      node("Reshape", ["pooled", "shape"], ["row"]),
      node("MatMul", ["row", "weight"], ["scores"]),
    ],
    initializer: [identity, shape],
    output: [value("scores", [1, 3])],
  });
  const card = await inspect(bytes, { name: "bound", file: "bound.onnx", preprocessing: plainly, labels: colours });
  const pixels = noisySquares(5, SIDE);
  const { width, values } = await computeFeatures(bodyOfModel({ bytes, card }), { pixels, size: SIDE, indices: [0, 1, 2, 3, 4] });
  expect([width, values.length]).toEqual([3, 15]);
  expect(new Set(values).size).toBe(15);
});
