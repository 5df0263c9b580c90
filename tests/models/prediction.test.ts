import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classActivationMap, probabilityDropMap } from "../../src/inference/classActivationMap.ts";
import { toProbabilities, topPredictions } from "../../src/models/prediction.ts";

const logits = fc.array(fc.float({ min: -500, max: 500, noNaN: true }), { minLength: 2, maxLength: 50 });

describe("probabilities", () => {
  it("follow the softmax: logits 0 and ln 3 are 25 % and 75 %", () => {
    const [a, b] = toProbabilities(Float32Array.of(0, Math.log(3)), "logits");
    expect(a).toBeCloseTo(0.25, 6);
    expect(b).toBeCloseTo(0.75, 6);
  });

  it("sum to 1 however large the logits", () => {
    fc.assert(
      fc.property(
        logits,
        (values) => Math.abs(toProbabilities(Float32Array.from(values), "logits").reduce((x, y) => x + y) - 1) < 1e-4,
      ),
    );
  });

  it("are left alone where the graph gives them", () => {
    expect([...toProbabilities(Float32Array.of(0.5, 0.5), "probabilities")]).toEqual([0.5, 0.5]);
  });
});

describe("the most probable classes", () => {
  it("come most probable first, equals by index", () => {
    const top = topPredictions(Float32Array.of(0.25, 0.5, 0.25), ["a", "b", "c"], 5);
    expect(top.map((it) => it.label)).toEqual(["b", "a", "c"]);
    expect(top[0]).toEqual({ index: 1, label: "b", probability: 0.5 });
  });
});

describe("saliency maps", () => {
  const data = Float32Array.of(1, 2, 3, 4, 10, 0, 0, 0); // two channels of 2 x 2
  const weights = { values: Float32Array.of(1, 0, -1, 1), channels: 2 };

  it("is the class's weights times the features, what speaks against it cut off, the most 1", () => {
    const first = classActivationMap({ dims: [1, 2, 2, 2], data }, { features: "f", layout: "NCHW", weights }, 0);
    expect([...first.values]).toEqual([0.25, 0.5, 0.75, 1]);
    const second = classActivationMap({ dims: [1, 2, 2, 2], data }, { features: "f", layout: "NCHW", weights }, 1);
    expect([...second.values]).toEqual([1, 0, 0, 0]);
  });

  it("is the same with channels last", () => {
    const turned = Float32Array.of(1, 10, 2, 0, 3, 0, 4, 0);
    const map = classActivationMap({ dims: [1, 2, 2, 2], data: turned }, { features: "f", layout: "NHWC", weights }, 0);
    expect([...map.values]).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("is the channel itself where channels are classes", () => {
    expect([...classActivationMap({ dims: [1, 2, 2, 2], data }, { features: "f", layout: "NCHW" }, 1).values]).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it("of occlusion is how far the probability fell, and nothing where it rose", () => {
    expect([...probabilityDropMap(2, 0.8, Float32Array.of(0.8, 0.4, 0.6, 0.9)).values]).toEqual([
      0,
      1,
      expect.closeTo(0.5, 5),
      0,
    ]);
    expect([...probabilityDropMap(1, 0.8, Float32Array.of(0.9)).values]).toEqual([0]);
  });
});
