import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { inspect } from "../../src/inference/inspect.ts";
import { elementTypes, type OnnxNode, type OnnxTensor } from "../../src/onnx/model.ts";
import { describeRuntimeError } from "../../src/onnx/runtimeError.ts";
import { seeded, subSeed } from "../../src/random.ts";
import { colourModel, colours, floats, int, ints, modelOf, node, plainly, value } from "../helpers/onnxModels.ts";

/** What a peer is told about a model that the runtime refuses; nothing when it is taken, or refused for another reason. */
const toldAbout = async (bytes: Uint8Array): Promise<string[]> => {
  const error: unknown = await inspect(bytes, { name: "x", file: "x.onnx", preprocessing: plainly, labels: colours }).catch(
    (it: unknown) => it,
  );
  const mistake = error instanceof UserError ? error.mistake : undefined;
  return mistake?.code === "model_fails" ? [mistake.facts.reason] : [];
};
/** What belongs to the runtime's insides: a source file, a function's name, a path. */
const insides = /\.(cc|h|cpp)\b|\w::|onnxruntime_|__cxx11|(^|\s)\/\w+\/|\[ONNXRuntimeError\]/;

const operations = [
  ...[
    "Conv",
    "Gemm",
    "MatMul",
    "Add",
    "Concat",
    "Reshape",
    "Flatten",
    "Softmax",
    "BatchNormalization",
    "Gather",
    "Slice",
    "Cast",
  ],
  ...["Loop", "If", "Transpose", "Squeeze", "TopK", "LSTM", "Einsum", "Split", "Pad", "MaxPool", "Expand", "ScatterND", "Tile"],
  ...["Resize", "OneHot", "GridSample", "ConstantOfShape", "DepthToSpace", "LayerNormalization", "Frobnicate"],
];
const attributes = [
  int("axis", 3),
  int("axis", -9),
  ints("kernel_shape", [3, 3]),
  ints("pads", [0, 0, 9, 9]),
  ints("perm", [3, 1, 2, 2]),
  int("to", 7),
];

/** Models broken at random: bytes of a sound one changed, or nodes and inputs thrown together. */
const mutated = (seed: number): Uint8Array => {
  const rng = seeded(subSeed(seed, 1));
  const pick = <T>(list: readonly T[]) => list[Math.floor(rng() * list.length)] as T;
  if (seed % 3 === 0) {
    const bytes = Uint8Array.from(colourModel());
    for (let n = 0; n < 3; n++) bytes[Math.floor(rng() * bytes.length)] = Math.floor(rng() * 256);
    return bytes;
  }
  const thrown = ["a", "b", "c", "scores"].map((output) => {
    const inputs = Array.from({ length: 1 + Math.floor(rng() * 3) }, () => pick(["picture", "w", "v", "a", "b", "c"]));
    return node(pick(operations), inputs, [output], rng() < 0.5 ? [] : [pick(attributes)]);
  });
  return modelOf({
    node: thrown,
    initializer: [floats("w", [3, 2], [1, 2, 3, 4, 5, 6]), floats("v", [3, 3, 3, 3], Array(81).fill(0.1))],
  });
};

const wholes = (name: string, ...numbers: number[]): OnnxTensor => ({
  ...{
    name,
    dims: [numbers.length],
    dataType: elementTypes.int64,
    rawData: new Uint8Array(BigInt64Array.from(numbers, BigInt).buffer),
  },
});
/** Models that load and then fail on their first picture, for their sizes are not known before. */
const failing = (nodes: OnnxNode[], ...initializer: OnnxTensor[]) =>
  modelOf({ node: nodes, initializer, input: [value("picture", ["N", 3, "height", "width"])] });
const atRunTime: readonly [string, Uint8Array][] = [
  ["Reshape", failing([node("Reshape", ["picture", "to"], ["scores"])], wholes("to", 1, 5))],
  ["Gather", failing([node("Shape", ["picture"], ["s"]), node("Gather", ["picture", "s"], ["scores"])])],
  ["Add", failing([node("Add", ["picture", "w"], ["scores"])], floats("w", [1, 3, 5, 5], Array(75).fill(1)))],
  ["MatMul", failing([node("MatMul", ["picture", "w"], ["scores"])], floats("w", [5, 3], Array(15).fill(1)))],
  ["Conv", failing([node("Conv", ["picture", "w"], ["scores"])], floats("w", [3, 3, 40, 40], Array(14_400).fill(1)))],
  ["Expand", failing([node("Expand", ["picture", "to"], ["scores"])], wholes("to", 1, 3, 7, 7))],
  [
    "Concat",
    failing([
      node("Transpose", ["picture"], ["t"], [ints("perm", [0, 2, 1, 3])]),
      node("Concat", ["picture", "t"], ["scores"], [int("axis", 0)]),
    ]),
  ],
  ["Squeeze", failing([node("Squeeze", ["picture", "axes"], ["scores"])], wholes("axes", 2))],
  ["TopK", failing([node("TopK", ["picture", "k"], ["scores", "i"])], wholes("k", 99))],
  ["Tile", failing([node("Tile", ["picture", "to"], ["scores"])], wholes("to", 1, 1))],
];

describe("what ONNX Runtime says about a broken model reaches peers without its insides", () => {
  it("for 600 models broken at random, of which it refuses more than 200", async () => {
    const told: string[] = [];
    for (let seed = 0; seed < 600; seed++) told.push(...(await toldAbout(mutated(seed))));
    expect(told.length).toBeGreaterThan(200);
    expect(told.filter((it) => insides.test(it) || it.length < 10)).toEqual([]);
  });

  it.each(atRunTime)("for a %s that fails on its first picture", async (_, bytes) => {
    const [told = ""] = await toldAbout(bytes);
    expect(told).not.toMatch(insides);
    expect(told.length).toBeGreaterThan(15);
  });

  it.each([
    [
      "/onnxruntime_src/onnxruntime/core/graph/graph.cc:1404 onnxruntime::Graph::Graph(const onnxruntime::Model&, onnx::GraphProto*, const std::unordered_map<std::__cxx11::basic_string<char>, int>&, bool) This is an invalid model. Tensor does not have type information.\n",
      "This is an invalid model. Tensor does not have type information.",
    ],
    ["inference_session.cc:2119 LoadOrtModelWithLoader ORT model verification failed.", "ORT model verification failed."],
    [
      "Non-zero status code returned while running Reshape node. Name:'/head/Reshape' Status Message: /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/reshape_helper.h:47 onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, onnxruntime::TensorShapeVector&, bool) input_shape_size == size was false. The input tensor cannot be reshaped to the requested shape. Input shape:{1,3,16,16}, requested shape:{1,5}\n",
      "The input tensor cannot be reshaped to the requested shape. Input shape:{1,3,16,16}, requested shape:{1,5}",
    ],
    [
      "Load model failed: Node (/layer1/layer1.0/conv1/Conv) has input size 1 not in range [min=2, max=3].",
      "Load model failed: Node (/layer1/layer1.0/conv1/Conv) has input size 1 not in range [min=2, max=3].",
    ],
    ["Fatal error: cannot open /work/data/blobs/weights.bin", "Fatal error: cannot open"],
  ])("%s", (said, told) => expect(describeRuntimeError(new Error(said))).toBe(told));
});
