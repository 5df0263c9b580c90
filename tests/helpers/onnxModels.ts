import { writeModel } from "../../src/onnx/file.ts";
import {
  attributeTypes,
  elementTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "../../src/onnx/model.ts";
import { encoded, field, text } from "./protobuf.ts";

/** The side of the pictures these models take. */
export const SIDE = 16;
/** What the colour classifiers answer with. */
export const colours = ["red", "green", "blue"] as const;
/** Preprocessing under which a colour classifier's logits are the mean of each channel, 0..1. */
export const plainly = `{"resize":${SIDE},"crop":${SIDE},"scale":255,"mean":[0,0,0],"std":[1,1,1],"interpolation":"nearest"}`;

export const int = (name: string, i: number): OnnxAttribute => ({ name, type: attributeTypes.int, i });
export const ints = (name: string, list: readonly number[]): OnnxAttribute => ({ name, type: attributeTypes.ints, ints: list });
export const node = (opType: string, input: string[], output: string[], attribute: OnnxAttribute[] = []): OnnxNode => ({
  ...{ opType, input, output, attribute },
});
export const floats = (name: string, dims: readonly number[], values: readonly number[]): OnnxTensor => ({
  ...{ name, dims, dataType: elementTypes.float, rawData: new Uint8Array(Float32Array.from(values).buffer) },
});
const whole = (name: string, number: number): OnnxTensor => ({
  ...{ name, dims: [1], dataType: elementTypes.int32, rawData: new Uint8Array(Int32Array.of(number).buffer) },
});
export const value = (name: string, dims: readonly (number | string)[], elemType: number = elementTypes.float): OnnxValue => ({
  name,
  type: {
    tensorType: { elemType, shape: { dim: dims.map((it) => (typeof it === "number" ? { dimValue: it } : { dimParam: it })) } },
  },
});

/** A whole file around some nodes: one picture in, `scores` out, unless said otherwise. */
export const modelOf = (graph: Partial<OnnxGraph> & Pick<OnnxGraph, "node">): Uint8Array =>
  writeModel({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: {
      name: "test",
      initializer: [],
      input: [value("picture", ["N", 3, SIDE, SIDE])],
      output: [value("scores", ["N", 3])],
      ...graph,
    },
  });

const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const dense = floats("weight", [3, 3], identity);

/** Tells which of red, green and blue a picture has most of: pooling and one dense layer, so it has a class activation map. */
export const colourModel = (): Uint8Array =>
  modelOf({
    node: [
      node("GlobalAveragePool", ["picture"], ["pooled"]),
      node("Flatten", ["pooled"], ["flat"]),
      node("Gemm", ["flat", "weight"], ["scores"], [int("transB", 1)]),
    ],
    initializer: [dense],
  });

/** A classifier of so many classes, ten unless said, as small as one can be. */
export const smallModel = (classes = 10): Uint8Array =>
  modelOf({
    node: [
      node("GlobalAveragePool", ["picture"], ["p"]),
      node("Flatten", ["p"], ["f"]),
      node("MatMul", ["f", "weight"], ["scores"]),
    ],
    initializer: [floats("weight", [3, classes], Array(3 * classes).fill(1))],
    output: [value("scores", ["N", classes])],
  });

/** No classifier: gives 128 boxes of six numbers, as a detector does, under an output that says so or keeps its shape to itself. */
export const detectorModel = (output = value("scores", ["N", 128, 6])): Uint8Array => {
  const boxes = new Uint8Array(BigInt64Array.of(-1n, 128n, 6n).buffer);
  return modelOf({
    node: [node("Flatten", ["picture"], ["flat"]), node("Reshape", ["flat", "boxes"], ["scores"])],
    initializer: [{ name: "boxes", dims: [3], dataType: elementTypes.int64, rawData: boxes }],
    output: [output],
  });
};

/** No classifier: gives a picture as large as the one it takes. */
export const pictureModel = (): Uint8Array =>
  modelOf({ node: [node("Relu", ["picture"], ["scores"])], output: [value("scores", ["N", 3, SIDE, SIDE])] });

/** The same answers by a graph without pooling at its end (the dense layer sees every pixel), so only occlusion explains it. */
export const flatColourModel = (batch: number | "N" = "N"): Uint8Array => {
  const pixels = SIDE * SIDE;
  const rows = Array.from({ length: 3 * pixels }, (_, i) =>
    [0, 1, 2].map((it) => (Math.floor(i / pixels) === it ? 1 / pixels : 0)),
  );
  return modelOf({
    node: [node("Flatten", ["picture"], ["flat"]), node("MatMul", ["flat", "weight"], ["scores"])],
    initializer: [floats("weight", [3 * pixels, 3], rows.flat())],
    input: [value("picture", [batch, 3, SIDE, SIDE])],
    output: [value("scores", [batch, 3])],
  });
};

/**
 * Kills its process as soon as it runs, with ONNX Runtime 1.30 on x86: -2^31 / -1 does not fit into 32 bits, and the processor
 * answers with SIGFPE. (Division by zero, zero strides and the like are caught by the runtime by now.)
 */
export const crashingModel = (): Uint8Array =>
  modelOf({
    node: [
      node("GlobalAveragePool", ["picture"], ["pooled"]),
      node("Flatten", ["pooled"], ["flat"]),
      node("Cast", ["flat"], ["whole"], [int("to", elementTypes.int32)]),
      node("Sub", ["whole", "whole"], ["zero"]),
      node("Add", ["zero", "lowest"], ["dividend"]),
      node("Add", ["zero", "minus"], ["divisor"]),
      node("Div", ["dividend", "divisor"], ["broken"]),
      node("Cast", ["broken"], ["scores"], [int("to", elementTypes.float)]),
    ],
    initializer: [whole("lowest", -(2 ** 31)), whole("minus", -1)],
  });

/** A loop that doubles `flat` as often as the value `rounds` says. */
const looping = (): OnnxNode =>
  node(
    "Loop",
    ["rounds", "", "flat"],
    ["scores"],
    [
      {
        name: "body",
        type: attributeTypes.graph,
        g: {
          name: "body",
          node: [node("Identity", ["going"], ["goes"]), node("Add", ["kept", "kept"], ["sum"])],
          input: [value("round", [], elementTypes.int64), value("going", [], elementTypes.bool), value("kept", ["N", 3])],
          output: [value("goes", [], elementTypes.bool), value("sum", ["N", 3])],
        },
      },
    ],
  );
const means = [node("GlobalAveragePool", ["picture"], ["pooled"]), node("Flatten", ["pooled"], ["flat"])];

/** Never comes back from its first run: a loop of 2^62 rounds. Only killing the process ends it. */
export const endlessModel = (): Uint8Array =>
  modelOf({
    node: [...means, looping()],
    initializer: [
      { name: "rounds", dims: [], dataType: elementTypes.int64, rawData: new Uint8Array(BigInt64Array.of(2n ** 62n).buffer) },
    ],
  });

/** How red a picture is, as the value `red`: about 0.3 for nothing but red, 0 for what is not nearly so. */
const redness = [
  node("Gemm", ["flat", "toRed", "notQuite"], ["redder"]),
  node("Relu", ["redder"], ["positive"]),
  node("ReduceMax", ["positive"], ["red"], [int("keepdims", 0)]),
];
const reds = [floats("toRed", [3, 1], [1, -1, -1]), floats("notQuite", [1], [-0.5])];

/** A colour classifier that never comes back from some pictures: those nearly all red, or every one that is not of one colour. */
export const endlessOn = (what: "red" | "photos"): Uint8Array => {
  const contrast = [
    node("ReduceMax", ["picture"], ["most"], [int("keepdims", 0)]),
    node("ReduceMin", ["picture"], ["least"], [int("keepdims", 0)]),
    node("Sub", ["most", "least"], ["red"]),
  ];
  return modelOf({
    node: [
      ...means,
      ...(what === "red" ? redness : contrast),
      node("Mul", ["red", "many"], ["rounded"]),
      node("Cast", ["rounded"], ["rounds"], [int("to", elementTypes.int64)]),
      looping(),
    ],
    initializer: [...(what === "red" ? reds : []), floats("many", [], [1e15])],
  });
};

/** A colour classifier that kills its process on pictures nearly all red, as `crashingModel` does on every one. */
export const crashingOnRed = (): Uint8Array =>
  modelOf({
    node: [
      ...means,
      ...redness,
      node("Ceil", ["red"], ["isRed"]),
      node("Cast", ["isRed"], ["one"], [int("to", elementTypes.int32)]),
      node("Mul", ["one", "lowest"], ["dividend"]),
      node("Sub", ["plus", "one"], ["less"]),
      node("Sub", ["less", "one"], ["divisor"]), // 1, or -1 on red
      node("Div", ["dividend", "divisor"], ["broken"]),
      node("Cast", ["broken"], ["nothing"], [int("to", elementTypes.float)]),
      node("Add", ["flat", "nothing"], ["scores"]),
    ],
    initializer: [...reds, whole("lowest", -(2 ** 31)), whole("plus", 1)],
  });

/**
 * Answers with what stands in a file of the machine it runs on: four bytes from `offset`, by a constant in the body of a function.
 * Its classes are the four bytes and a nought, so that the probabilities p of the classes tell them: 32 ln(p / p of the nought).
 */
export const stealingModel = (location: string, offset: number): Uint8Array => {
  const externalData = Object.entries({ location, offset, length: 4 }).map(([key, it]) => ({ key, value: `${it}` }));
  const constant = (name: string, t: object) => ({
    opType: "Constant",
    output: [name],
    attribute: [{ name: "value", type: attributeTypes.tensor, t }],
  });
  const shape = new Uint8Array(BigInt64Array.of(1n, 4n).buffer);
  const body = [
    constant("bytes", { dims: [4], dataType: elementTypes.uint8, dataLocation: 1, externalData }),
    constant("shape", { dims: [2], dataType: elementTypes.int64, rawData: shape }),
    constant("scale", floats("", [], [32])),
    constant("nought", floats("", [1, 1], [0])),
    node("Cast", ["bytes"], ["numbers"], [int("to", elementTypes.float)]),
    node("Div", ["numbers", "scale"], ["small"]),
    node("Reshape", ["small", "shape"], ["row"]),
    node("Concat", ["row", "nought"], ["scores"], [int("axis", 1)]),
  ];
  const imports = field(9, encoded("OperatorSetIdProto", { domain: "", version: 17 }));
  const parts = [text(1, "Steal"), text(4, "picture"), text(5, "scores"), imports, text(10, "own")];
  const steal = Buffer.concat([...parts, ...body.map((it) => field(7, encoded("NodeProto", it)))]);
  const caller = modelOf({
    node: [{ ...node("Steal", ["picture"], ["scores"]), domain: "own" }],
    output: [value("scores", [1, 5])],
  });
  return Buffer.concat([caller, field(8, encoded("OperatorSetIdProto", { domain: "own", version: 1 })), field(25, steal)]);
};

/** Takes memory until none is left, on any picture: each of 2^62 rounds joins what it has with `block` (itself, unless said). */
export const greedyModel = (block: "itself" | "a megabyte" = "itself"): Uint8Array =>
  modelOf({
    node: [
      node("GlobalAveragePool", ["picture"], ["pooled"]),
      node("Flatten", ["pooled"], ["flat"]),
      node(
        "Loop",
        ["rounds", "", "flat"],
        ["all"],
        [
          {
            name: "body",
            type: attributeTypes.graph,
            g: {
              name: "body",
              node: [
                node("Identity", ["going"], ["goes"]),
                node("Concat", ["kept", block === "itself" ? "kept" : "block"], ["more"], [int("axis", 1)]),
              ],
              input: [value("round", [], elementTypes.int64), value("going", [], elementTypes.bool), value("kept", ["N", "M"])],
              output: [value("goes", [], elementTypes.bool), value("more", ["N", "K"])],
            },
          },
        ],
      ),
      node("Slice", ["all", "first", "third", "second"], ["scores"]),
    ],
    initializer: [
      { name: "rounds", dims: [], dataType: elementTypes.int64, rawData: new Uint8Array(BigInt64Array.of(2n ** 62n).buffer) },
      ...[
        ["first", 0],
        ["third", 3],
        ["second", 1],
      ].map(([name, at]) => whole(name as string, at as number)),
      floats("block", [1, 250_000], new Array<number>(250_000).fill(1)),
    ],
  });
