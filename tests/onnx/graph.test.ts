import { describe, expect, it } from "vitest";
import { findPooledHead, outputKind } from "../../src/onnx/classifierHead.ts";
import { countGraphParameters, macCounters } from "../../src/onnx/cost.ts";
import { readModel } from "../../src/onnx/file.ts";
import { viewGraph } from "../../src/onnx/graph.ts";
import { colourModel, endlessModel, flatColourModel, floats, int, ints, modelOf, node } from "../helpers/onnxModels.ts";

const open = (bytes: Uint8Array) => {
  const model = readModel(bytes);
  if (!model.graph) throw new Error("Expected a graph");
  return { model, graph: model.graph, view: viewGraph(model.graph) };
};

/** Conv 3 -> 4 of 3 x 3 with batch norm, then a head of the caller's. */
const network = (head: Parameters<typeof modelOf>[0]["node"], extra: ReturnType<typeof floats>[] = []) =>
  modelOf({
    node: [
      node("Conv", ["picture", "kernel", "bias"], ["conv"], [ints("kernel_shape", [3, 3]), ints("pads", [1, 1, 1, 1])]),
      node("BatchNormalization", ["conv", "gain", "shift", "mean", "variance"], ["features"]),
      ...head,
    ],
    initializer: [
      floats("kernel", [4, 3, 3, 3], Array(108).fill(0.1)),
      ...["bias", "gain", "shift", "mean", "variance"].map((name) => floats(name, [4], [1, 1, 1, 1])),
      ...extra,
    ],
  });
const weight = floats(
  "weight",
  [3, 4],
  Array.from({ length: 12 }, (_, i) => i),
);

describe("counting", () => {
  const bytes = network(
    [
      node("GlobalAveragePool", ["features"], ["p"]),
      node("Flatten", ["p"], ["f"]),
      node("Gemm", ["f", "weight"], ["scores"], [int("transB", 1)]),
    ],
    [weight],
  );

  it("counts trained parameters: the running mean and variance are not", () => {
    expect(countGraphParameters(open(bytes).graph)).toBe(108 + 4 + 4 + 4 + 12);
  });

  it("counts multiply-accumulates from shapes seen in a run", () => {
    const { model, view } = open(bytes);
    const seen: Record<string, number[]> = { conv: [1, 4, 16, 16], scores: [1, 3] };
    const macs = macCounters(model, view)?.reduce((sum, it) => sum + it.macs(seen[it.watch] ?? []), 0);
    expect(macs).toBe(4 * 16 * 16 * 27 + 3 * 4);
  });

  it("gives no figure where it cannot count everything", () => {
    const { model, view } = open(endlessModel());
    expect(macCounters(model, view)).toBeUndefined();
  });
});

describe("reading a graph's end", () => {
  it("finds pooling and a dense layer", () => {
    expect(findPooledHead(open(colourModel()).view, "scores")).toMatchObject({
      features: "picture",
      layout: "NCHW",
      weights: { channels: 3 },
    });
  });

  it.each([
    [
      "ReduceMean over height and width, MatMul and bias",
      [
        node("ReduceMean", ["features"], ["p"], [ints("axes", [-1, -2]), int("keepdims", 0)]),
        node("MatMul", ["p", "turned"], ["m"]),
        node("Add", ["m", "b"], ["scores"]),
      ],
    ],
    [
      "a 1 x 1 convolution and Softmax",
      [
        node("GlobalAveragePool", ["features"], ["p"]),
        node("Conv", ["p", "one"], ["c"]),
        node("Flatten", ["c"], ["l"]),
        node("Softmax", ["l"], ["scores"]),
      ],
    ],
  ])("finds %s, with the same weights", (_, head) => {
    const turned = floats("turned", [4, 3], [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
    const one = floats(
      "one",
      [3, 4, 1, 1],
      Array.from({ length: 12 }, (_, i) => i),
    );
    const found = findPooledHead(open(network(head, [turned, one, floats("b", [3], [1, 2, 3])])).view, "scores");
    expect(found?.features).toBe("features");
    expect([...(found?.weights?.values ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("knows that pooled channels may be the classes themselves (SqueezeNet)", () => {
    const found = findPooledHead(
      open(network([node("GlobalAveragePool", ["features"], ["p"]), node("Flatten", ["p"], ["scores"])])).view,
      "scores",
    );
    expect(found).toEqual({ features: "features", layout: "NCHW" });
  });

  it("finds none where a dense layer sees every pixel", () => {
    expect(findPooledHead(open(flatColourModel()).view, "scores")).toBeUndefined();
  });

  it("tells logits from probabilities", () => {
    expect(outputKind(open(colourModel()).view, "scores")).toBe("logits");
    const soft = network([
      node("GlobalAveragePool", ["features"], ["p"]),
      node("Softmax", ["p"], ["s"]),
      node("Flatten", ["s"], ["scores"]),
    ]);
    expect(outputKind(open(soft).view, "scores")).toBe("probabilities");
  });
});
