import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { cardIn, withCard } from "../../src/models/embed.ts";
import { type Claims, inspect } from "../../src/models/inspect.ts";
import { attributeTypes, elementTypes } from "../../src/onnx/model.ts";
import { readModel } from "../../src/onnx/read.ts";
import { colourModel, colours, flatColourModel, floats, modelOf, node, plainly, SIDE, value } from "../helpers/onnxModels.ts";

const claims: Claims = { name: "colours", file: "colours.onnx", preprocessing: plainly, labels: colours };

/** The code of the mistake that inspecting ends with. */
const mistakeIn = async (bytes: Uint8Array, more: Partial<Claims> = {}) => {
  const error: unknown = await inspect(bytes, { ...claims, ...more }).catch((it: unknown) => it);
  if (!(error instanceof UserError)) throw new Error("Expected a UserError", { cause: error });
  return error.mistake;
};
const pooled = [node("GlobalAveragePool", ["picture"], ["p"]), node("Flatten", ["p"], ["scores"])];

describe("a model worth keeping", () => {
  it("gets a card with everything known about it", async () => {
    expect(await inspect(colourModel(), claims)).toEqual({
      name: "colours",
      classes: [...colours],
      preprocessing: {
        resize: 16,
        squash: false,
        crop: 16,
        interpolation: "nearest",
        order: "RGB",
        scale: 255,
        mean: [0, 0, 0],
        std: [1, 1, 1],
      },
      input: { name: "picture", layout: "NCHW", height: SIDE, width: SIDE },
      output: { name: "scores", kind: "logits" },
      params: 9,
      macs: 9,
    });
  });

  it("may take one picture at a time only, and channels last", async () => {
    expect((await inspect(flatColourModel(1), claims)).params).toBe(3 * SIDE * SIDE * 3);
    const transpose = node(
      "Transpose",
      ["picture"],
      ["turned"],
      [{ name: "perm", type: attributeTypes.ints, ints: [0, 3, 1, 2] }],
    );
    const last = modelOf({
      node: [transpose, node("GlobalAveragePool", ["turned"], ["p"]), node("Flatten", ["p"], ["scores"])],
      input: [value("picture", ["N", SIDE, SIDE, 3])],
    });
    expect((await inspect(last, claims)).input.layout).toBe("NHWC");
  });

  it("brings its card along, so that adding it again needs no options", async () => {
    const card = { ...(await inspect(colourModel(), claims)), metrics: { accuracy: 0.99 } };
    const carrying = withCard(withCard(colourModel(), { ...card, params: 1 }), card);
    expect(cardIn(readModel(carrying))).toEqual(card);
    expect(await inspect(carrying, { name: "again", file: "again.onnx" })).toEqual({ ...card, name: "again" });
  });
});

describe("a file that is refused, and why", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["text", Buffer.from("hello, this is a letter")],
    ["a photo", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])],
    ["half a model", colourModel().subarray(0, 60)],
  ])("%s is no ONNX file", async (_, bytes) => expect(await mistakeIn(bytes)).toMatchObject({ code: "not_onnx" }));

  it("more than 600 MB", async () => {
    expect(await mistakeIn(new Uint8Array(601e6))).toEqual({ code: "too_large", facts: { gotMb: 601, maxMb: 600 } });
  });

  it("weights in another file", async () => {
    const { rawData: _, ...rest } = floats("weight", [3, 3], []);
    const outside = { ...rest, dataLocation: 1, externalData: [{ key: "location", value: "weights.bin" }] };
    const bytes = modelOf({
      node: [
        node("GlobalAveragePool", ["picture"], ["p"]),
        node("Flatten", ["p"], ["f"]),
        node("Gemm", ["f", "weight"], ["scores"]),
      ],
      initializer: [outside],
    });
    expect(await mistakeIn(bytes)).toEqual({ code: "model_external_data", facts: { file: "weights.bin" } });
  });

  it.each([
    ["two inputs", [value("picture", ["N", 3, SIDE, SIDE]), value("text", ["N", 8])]],
    ["grey pictures", [value("picture", ["N", 1, SIDE, SIDE])]],
    ["a batch of four", [value("picture", [4, 3, SIDE, SIDE])]],
    ["no square", [value("picture", ["N", 3, SIDE, 2 * SIDE])]],
    ["bytes", [value("picture", ["N", 3, SIDE, SIDE], elementTypes.uint8)]],
    ["a list", [value("picture", ["N", 3])]],
  ])("%s as input", async (_, input) =>
    expect(await mistakeIn(modelOf({ node: pooled, input }))).toMatchObject({ code: "model_input" }));

  it("a picture as output", async () => {
    const bytes = modelOf({ node: [node("Relu", ["picture"], ["scores"])], output: [value("scores", ["N", 3, SIDE, SIDE])] });
    expect(await mistakeIn(bytes)).toEqual({ code: "model_output", facts: { got: "scores [1, 3, 16, 16]" } });
  });

  it("two outputs", async () => {
    const bytes = modelOf({ node: pooled, output: [value("scores", ["N", 3]), value("p", ["N", 3, 1, 1])] });
    expect(await mistakeIn(bytes)).toMatchObject({ code: "model_output" });
  });

  it("fewer names than classes, or none", async () => {
    expect(await mistakeIn(colourModel(), { labels: "cifar10" })).toMatchObject({
      code: "label_count",
      facts: { labels: 10, classes: 3 },
    });
    expect(await mistakeIn(colourModel(), { labels: undefined })).toMatchObject({ code: "label_count", facts: { labels: 0 } });
  });

  it("a crop that the model does not take", async () => {
    expect(await mistakeIn(colourModel(), { preprocessing: '{"crop":224}' })).toMatchObject({ code: "bad_preprocessing" });
  });

  it("an operation that the runtime does not know, in its own words", async () => {
    const bytes = modelOf({ node: [node("Frobnicate", ["picture"], ["scores"])] });
    expect(await mistakeIn(bytes)).toMatchObject({
      code: "model_fails",
      facts: { reason: expect.stringContaining("Frobnicate") },
    });
  });
});
