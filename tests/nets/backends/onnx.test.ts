import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inspect } from "../../../src/inference/inspect.ts";
import { tryOnce } from "../../../src/inference/session.ts";
import { readCard } from "../../../src/models/cardMetadata.ts";
import { listParameters, describe as walk } from "../../../src/nets/backends/describe.ts";
import { readWeights, writeOnnx } from "../../../src/nets/backends/onnx.ts";
import { findNet, nets } from "../../../src/nets/index.ts";
import type { Net } from "../../../src/nets/net.ts";
import { readModel } from "../../../src/onnx/file.ts";
import { fromHalf, toHalf } from "../../../src/onnx/half.ts";
import { exported, noise, trained } from "../../helpers/exported.ts";
import { plainBuilder } from "../../helpers/plainBuilder.ts";
import { python, pythonHas } from "../../helpers/python.ts";

const folder = mkdtempSync(join(tmpdir(), "peerlab-onnx-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

const netOf = (name: string): Net => {
  const net = findNet(name);
  if (!net) throw new Error(`no ${name}`);
  return net;
};
const small = nets.filter((it) => it.size <= 32);

/** Networks for ImageNet, one for each way of putting layers together, on pictures small enough for the slow way of computing. */
const large = (
  [
    ["alexnet", 96],
    ["vgg11-bn", 32],
    ["googlenet", 96],
    ["googlenet-5x5", 64],
    ["resnet18", 64],
    ["plain18", 64],
    ["resnet50", 64],
    ["densenet121", 64],
    ["se-resnet50", 64],
    ["efficientnet-b0", 64],
  ] as const
).map(([name, size]) => ({ ...netOf(name), size }));

/** One of each kind, for what every kind can do and no size changes. */
const kinds = /^(alexnet-mini|vgg-mini|googlenet-mini|resnet8a?|plain20|densenet-mini|se-resnet20|efficientnet-mini|airbench94)$/;
const some = small.filter(({ name }) => kinds.test(name));

const run = async (bytes: Uint8Array, picture: Float32Array, size: number): Promise<Float32Array> => {
  const { outputs } = await tryOnce(bytes, picture, [1, 3, size, size]);
  return outputs["logits"]?.data ?? new Float32Array();
};

/** Whether two arrays hold the same bytes. (`toEqual` looks at a million numbers one by one, and takes a minute for it.) */
const same = (a: ArrayBufferView, b: ArrayBufferView | undefined): boolean => {
  const bytes = (it: ArrayBufferView) => Buffer.from(it.buffer, it.byteOffset, it.byteLength);
  return b !== undefined && bytes(a).equals(bytes(b));
};

/** The largest difference, as a share of the largest logit (or of 1, where all are smaller). */
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const scale = Math.max(1, ...Array.from(b, Math.abs));
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (it, i) => Math.abs(it - (b[i] as number)))) / scale;
};

describe("ONNX Runtime computes what the network says", () => {
  // Deeper ones of the same kinds take the plain loops seconds, and rounding grows with every block.
  const depth = (name: string) => Number(/\d+/.exec(name) ?? 0);
  it.each([...small.filter(({ name }) => depth(name) < 100), ...large])("$name at $size px, against plain loops", async (net) => {
    const { weights, bytes } = exported(net);
    const { last, first } = noise(net.size);
    const plain = net.forward(plainBuilder(weights), { shape: [net.size, net.size, 3], data: last }, 10).logits.data;
    expect(new Set(plain).size).toBe(10);
    expect(difference(await run(bytes, first, net.size), plain)).toBeLessThan(5e-6);
  });

  it("of several pictures at once, each as if it were alone", async () => {
    const { bytes } = exported(netOf("se-resnet20"));
    const pictures = [1, 2, 3].map((seed) => noise(32, seed).first);
    const { outputs } = await tryOnce(bytes, Float32Array.from(pictures.flatMap((it) => [...it])), [3, 3, 32, 32]);
    expect(outputs["logits"]?.dims).toEqual([3, 10]);
    const alone = await Promise.all(pictures.map((it) => run(bytes, it, 32)));
    expect(
      difference(
        outputs["logits"]?.data ?? [],
        alone.flatMap((it) => [...it]),
      ),
    ).toBeLessThan(1e-6);
  });
});

describe("weights", () => {
  it.each(some)("of $name come back bit for bit, by name", (net) => {
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
    const net = netOf("vgg-mini");
    const [full, half] = [exported(net), exported(net, net.size, true)];
    expect(half.bytes.length / full.bytes.length).toBeLessThan(0.52);
    const back = readWeights(half.bytes);
    for (const [name, { data }] of back) {
      const before = full.weights.get(name)?.data as Float32Array;
      expect(same(data, name.endsWith("/kernel") ? fromHalf(toHalf(before)) : before)).toBe(true);
    }
    const again = writeOnnx(net, back, trained(net.name, net.size));
    const picture = noise(32).first;
    expect(difference(await run(half.bytes, picture, 32), await run(again, picture, 32))).toBeLessThan(1e-6);
    expect(same(writeOnnx(net, back, { ...trained(net.name, net.size), half: true }), half.bytes)).toBe(true);
  });

  it("of classifiers that only training has are left out, if they are there at all", () => {
    const net = netOf("googlenet-mini");
    const { weights, bytes } = exported(net);
    const more = new Map([...weights, ["aux1/head/kernel", { shape: [1], data: Float32Array.of(1) }]]);
    expect(same(writeOnnx(net, more, trained(net.name, 32)), bytes)).toBe(true);
  });

  it("that are missing or of another shape are told by name", () => {
    const net = netOf("resnet8");
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
    const net = netOf("se-resnet20");
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

  const missing = pythonHas("onnx") ? "" : ", which is not installed here: pip install onnx";
  it.skipIf(missing)(
    `passes the reference checker${missing}`,
    () => {
      const files = [...some, ...large.filter(({ name }) => !/^(alexnet|vgg)/.test(name))].flatMap((net) =>
        (net.size <= 32 ? [false, true] : [false]).map((half) =>
          fileOf(`${net.name}-${half}.onnx`, exported(net, net.size, half).bytes),
        ),
      );
      expect(files.length).toBeGreaterThanOrEqual(28);
      python("checkOnnx.py", ...files);
    },
    120_000,
  );
});

const missing = pythonHas("torchvision", "onnx") ? "" : ", which is not installed here: pip install torch torchvision onnx";
describe.skipIf(missing)(`torchvision says the same${missing}`, () => {
  it.each([
    ["googlenet", "googlenet"],
    ["resnet18", "resnet18"],
    ["resnet50", "resnet50"],
    ["densenet121", "densenet121"],
    ["efficientnet-b0", "efficientnet_b0"],
  ])(
    "of %s",
    async (name, theirs) => {
      const net = netOf(name);
      const { bytes } = exported(net);
      const picture = noise(net.size).first;
      const [model, input, output] = [
        fileOf("theirs.onnx", bytes),
        fileOf("picture.f32", new Uint8Array(picture.buffer)),
        join(folder, "logits.f32"),
      ];
      python("torchvisionLogits.py", theirs, model, input, `${net.size}`, output);
      const logits = new Float32Array(new Uint8Array(readFileSync(output)).buffer);
      expect(difference(await run(bytes, picture, net.size), logits)).toBeLessThan(1e-5);
    },
    120_000,
  );
});
