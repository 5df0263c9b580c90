import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onnxFacts } from "../../src/chat/web/page/onnxFacts.ts";
import { colourModel, detectorModel, modelOf, node, pictureModel, SIDE, value } from "../helpers/onnxModels.ts";

const shipped = (name: string) => join(import.meta.dirname, "../../models", `${name}.onnx`);
const factsOf = (bytes: Uint8Array) => onnxFacts(new Blob([Uint8Array.from(bytes)]));

describe("what the page reads off an .onnx file before it is sent", () => {
  it.each([
    ["a classifier", colourModel(), { side: SIDE, classes: 3 }],
    ["a detector", detectorModel(), { side: SIDE }],
    ["a painter", pictureModel(), { side: SIDE }],
    [
      "one whose height, width and classes are free",
      modelOf({
        node: [node("Relu", ["picture"], ["scores"])],
        input: [value("picture", ["N", 3, "height", "width"])],
        output: [value("scores", ["N", "classes"])],
      }),
      {},
    ],
    [
      "one with its channels last, and weights among its inputs as old files list them",
      modelOf({
        node: [node("Relu", ["picture"], ["scores"])],
        input: [value("weight", [64, 3, 7, 7]), value("picture", [1, 224, 224, 3])],
        output: [value("scores", [1, 1000, 1, 1])],
      }),
      { side: 224, classes: 1000 },
    ],
  ])("%s", async (_, bytes, facts) => {
    expect(await factsOf(bytes)).toEqual(facts);
  });

  it("a card, where the file brings one", async () => {
    expect(await onnxFacts(await openAsBlob(shipped("resnet20.cifar10")))).toEqual({ side: 32, classes: 10, hasCard: true });
  });

  it("nothing of what is no such file, and of a broken one what stands before the break", async () => {
    const whole = colourModel();
    expect(await factsOf(new TextEncoder().encode("no model at all"))).toEqual({});
    expect(await factsOf(new Uint8Array())).toEqual({});
    for (let length = 0; length < whole.length; length += 7) {
      const facts = await factsOf(whole.subarray(0, length));
      expect([undefined, SIDE]).toContain(facts.side);
      expect([undefined, 3]).toContain(facts.classes);
    }
  });

  it("without taking the weights into memory", async () => {
    const bytes = await readFile(shipped("airbench94.cifar10"));
    const blob = new Blob([new Uint8Array(bytes)]);
    let read = 0;
    const watched = {
      size: blob.size,
      slice: (from: number, to: number) => {
        read += to - from;
        return blob.slice(from, to);
      },
    } as Blob;
    expect(await onnxFacts(watched)).toMatchObject({ classes: 10, hasCard: true });
    expect(read).toBeLessThan(bytes.length / 2);
  });
});
