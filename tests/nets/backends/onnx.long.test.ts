import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nets } from "../../../src/nets/index.ts";
import { exported, logitsOf, namedNet, noise, oneOfEachKind } from "../../helpers/exported.ts";
import { difference, differenceFromPlainLoops } from "../../helpers/plainBuilder.ts";
import { python, pythonHas } from "../../helpers/python.ts";

const folder = mkdtempSync(join(tmpdir(), "peerlab-onnx-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, bytes: Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

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
).map(([name, size]) => ({ ...namedNet(name), size }));

describe("ONNX Runtime computes what the network says", () => {
  // Deeper ones of the same kinds take the plain loops seconds, and rounding grows with every block.
  const depth = (name: string) => Number(/\d+/.exec(name) ?? 0);
  const small = nets.filter((it) => it.size <= 32 && depth(it.name) < 100 && !oneOfEachKind.includes(it));
  it.each([...small, ...large])("$name at $size px, against plain loops", async (net) => {
    expect(await differenceFromPlainLoops(net)).toBeLessThan(5e-6);
  });
});

describe("the file", () => {
  const missing = pythonHas("onnx") ? "" : ", which is not installed here: pip install onnx";
  it.skipIf(missing)(
    `passes the reference checker${missing}`,
    () => {
      const files = [...oneOfEachKind, ...large.filter(({ name }) => !/^(alexnet|vgg)/.test(name))].flatMap((net) =>
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
      const net = namedNet(name);
      const { bytes } = exported(net);
      const picture = noise(net.size).first;
      const [model, input, output] = [
        fileOf("theirs.onnx", bytes),
        fileOf("picture.f32", new Uint8Array(picture.buffer)),
        join(folder, "logits.f32"),
      ];
      python("torchvisionLogits.py", theirs, model, input, `${net.size}`, output);
      const logits = new Float32Array(new Uint8Array(readFileSync(output)).buffer);
      expect(difference(await logitsOf(bytes, picture, net.size), logits)).toBeLessThan(1e-5);
    },
    120_000,
  );
});
