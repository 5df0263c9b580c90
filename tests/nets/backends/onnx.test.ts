import { describe, expect, it } from "vitest";
import { inspect } from "../../../src/inference/inspect.ts";
import { tryOnce } from "../../../src/inference/session.ts";
import { readCard } from "../../../src/models/cardMetadata.ts";
import { listParameters, describe as walk } from "../../../src/nets/backends/describe.ts";
import { readWeights, writeOnnx } from "../../../src/nets/backends/onnx.ts";
import { readModel } from "../../../src/onnx/file.ts";
import { fromHalf, toHalf } from "../../../src/onnx/half.ts";
import { exported, logitsOf, namedNet, noise, oneOfEachKind, trained } from "../../helpers/exported.ts";
import { difference, differenceFromPlainLoops } from "../../helpers/plainBuilder.ts";

/** Whether two arrays hold the same bytes. (`toEqual` looks at a million numbers one by one, and takes a minute for it.) */
const same = (a: ArrayBufferView, b: ArrayBufferView | undefined): boolean => {
  const bytes = (it: ArrayBufferView) => Buffer.from(it.buffer, it.byteOffset, it.byteLength);
  return b !== undefined && bytes(a).equals(bytes(b));
};

describe("ONNX Runtime computes what the network says", () => {
  it.each(oneOfEachKind)("$name at $size px, against plain loops", async (net) => {
    expect(await differenceFromPlainLoops(net)).toBeLessThan(5e-6);
  });

  it("of several pictures at once, each as if it were alone", async () => {
    const { bytes } = exported(namedNet("se-resnet20"));
    const pictures = [1, 2, 3].map((seed) => noise(32, seed).first);
    const { outputs } = await tryOnce(bytes, Float32Array.from(pictures.flatMap((it) => [...it])), [3, 3, 32, 32]);
    expect(outputs["logits"]?.dims).toEqual([3, 10]);
    const alone = await Promise.all(pictures.map((it) => logitsOf(bytes, it, 32)));
    expect(
      difference(
        outputs["logits"]?.data ?? [],
        alone.flatMap((it) => [...it]),
      ),
    ).toBeLessThan(1e-6);
  });
});

describe("weights", () => {
  it.each(oneOfEachKind)("of $name come back bit for bit, by name", (net) => {
    const { weights, bytes } = exported(net);
    const back = readWeights(bytes);
    expect([...back.keys()]).toEqual(listParameters(net, { training: false }).map((it) => it.name));
    for (const [name, { shape, data }] of back) {
      expect(shape).toEqual(weights.get(name)?.shape);
      expect(same(data, weights.get(name)?.data)).toBe(true);
    }
    expect(same(writeOnnx(net, back, trained(net.name, net.size)), bytes)).toBe(true);
  });

  it("in half precision take half the room, and come back rounded once", async () => {
    const net = namedNet("vgg-mini");
    const [full, half] = [exported(net), exported(net, net.size, true)];
    expect(half.bytes.length / full.bytes.length).toBeLessThan(0.52);
    const back = readWeights(half.bytes);
    for (const [name, { data }] of back) {
      const before = full.weights.get(name)?.data as Float32Array;
      expect(same(data, name.endsWith("/kernel") ? fromHalf(toHalf(before)) : before)).toBe(true);
    }
    const again = writeOnnx(net, back, trained(net.name, net.size));
    const picture = noise(32).first;
    expect(difference(await logitsOf(half.bytes, picture, 32), await logitsOf(again, picture, 32))).toBeLessThan(1e-6);
    expect(same(writeOnnx(net, back, { ...trained(net.name, net.size), half: true }), half.bytes)).toBe(true);
  });

  it("of classifiers that only training has are left out, if they are there at all", () => {
    const net = namedNet("googlenet-mini");
    const { weights, bytes } = exported(net);
    const more = new Map([...weights, ["aux1/head/kernel", { shape: [1], data: Float32Array.of(1) }]]);
    expect(same(writeOnnx(net, more, trained(net.name, 32)), bytes)).toBe(true);
  });

  it("that are missing or of another shape are told by name", () => {
    const net = namedNet("resnet8");
    const { weights } = exported(net);
    const write = (them: typeof weights) => () => writeOnnx(net, them, trained(net.name, 32));
    expect(write(new Map([...weights].slice(1)))).toThrow("There are no weights for stem/conv/kernel");
    const other = { shape: [64, 100], data: new Float32Array(6400) };
    expect(write(new Map([...weights, ["head/kernel", other]]))).toThrow(
      "head/kernel should be [64,10], and the weights are [64,100]",
    );
  });
});

describe("the file", () => {
  it("carries its card, and is to /models what a peer's file is", async () => {
    const net = namedNet("se-resnet20");
    for (const half of [false, true]) {
      const { bytes } = exported(net, 32, half);
      const { parameters, macs } = walk(net);
      const card = readCard(readModel(bytes));
      expect(card).toMatchObject({ name: "se-resnet20", family: "senet", params: parameters, macs });
      expect(card?.input).toEqual({ name: "x", layout: "NCHW", height: 32, width: 32 });
      // Of a peer's file it is not believed where it comes from and what it is worth.
      const { family: _family, lineage: _lineage, metrics: _metrics, ...used } = card ?? {};
      expect(await inspect(bytes, { name: "se-resnet20", file: "se-resnet20.onnx" })).toEqual(used);
    }
  });
});
