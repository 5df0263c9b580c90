import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { type Claims, inspect } from "../../src/inference/inspect.ts";
import { readCard, writeCard } from "../../src/models/cardMetadata.ts";
import { readModel, withMetadata } from "../../src/onnx/file.ts";
import { attributeTypes, elementTypes } from "../../src/onnx/model.ts";
import {
  colourModel,
  colours,
  detectorModel,
  flatColourModel,
  floats,
  modelOf,
  node,
  pictureModel,
  plainly,
  SIDE,
  value,
} from "../helpers/onnxModels.ts";
import { encoded, field, text } from "../helpers/protobuf.ts";

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
    const card = await inspect(colourModel(), claims);
    const carrying = writeCard(writeCard(colourModel(), { ...card, params: 1 }), card);
    expect(readCard(readModel(carrying))).toEqual(card);
    expect(await inspect(carrying, { name: "again", file: "again.onnx" })).toEqual({ ...card, name: "again" });
  });

  it("is not believed what its file says about its worth and its origin", async () => {
    const card = await inspect(colourModel(), claims);
    const boast = {
      metrics: { accuracy: 1 },
      lineage: { dataset: "everything" },
      family: "The Best",
      fetched: "a".repeat(64),
      macs: 1,
    };
    const carrying = writeCard(colourModel(), { ...card, ...boast });
    expect(await inspect(carrying, { name: "again", file: "again.onnx" })).toEqual({ ...card, name: "again" });
    const beyond = withMetadata(colourModel(), { "peerlab.card": JSON.stringify({ ...card, metrics: { accuracy: 1e308 } }) });
    expect(readCard(readModel(beyond))).toBeUndefined();
  });
});

describe("a file that is refused, and why", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["text", Buffer.from("hello, this is a letter")],
    ["a photo", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])],
    ["half a model", colourModel().subarray(0, 60)],
  ])("%s is no ONNX file", async (_, bytes) => expect(await mistakeIn(bytes)).toMatchObject({ code: "not_onnx" }));

  it("names that no database keeps", async () => {
    const input = [value("pict\0ure", ["N", 3, SIDE, SIDE])];
    const nodes = [node("GlobalAveragePool", ["pict\0ure"], ["p"]), node("Flatten", ["p"], ["scores"])];
    expect(await mistakeIn(modelOf({ node: nodes, input }))).toMatchObject({ code: "not_onnx" });
  });

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

  it.each([
    ["a picture", pictureModel(), "scores [1, 3, 16, 16]"],
    ["the boxes of a detector", detectorModel(), "scores [1, 128, 6]"],
    ["boxes that the file says nothing of", detectorModel(value("scores", ["N", "boxes", "K"])), "scores [1, 128, 6]"],
  ])("%s as output", async (_, bytes, got) => expect(await mistakeIn(bytes)).toEqual({ code: "model_output", facts: { got } }));

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

  const imports = [
    { domain: "", version: 17 },
    { domain: "own", version: 1 },
  ];
  const own = (name: string, calls: string[]) =>
    field(
      25,
      Buffer.concat([
        text(1, name),
        text(10, "own"),
        ...calls.map((it) => field(7, encoded("NodeProto", { opType: it, domain: "own" }))),
      ]),
    );
  const calling = Buffer.concat([
    modelOf({ node: [{ ...node("f0", ["picture"], ["scores"]), domain: "own" }] }),
    ...imports.slice(1).map((it) => field(8, encoded("OperatorSetIdProto", it))),
  ]);
  const many = Array.from({ length: 20_001 }, (_, i) => node("Identity", ["picture"], [`n${i}`]));
  const inner = { name: "body", type: attributeTypes.graph, g: { name: "body", node: many, input: [], output: [] } };
  it.each([
    ["in the graph", () => modelOf({ node: many })],
    ["in a graph within the graph", () => modelOf({ node: [node("If", ["picture"], ["scores"], [inner])] })],
    [
      "by functions that call each other: ten times ten times ten …",
      () => Buffer.concat([calling, ...Array.from({ length: 9 }, (_, i) => own(`f${i}`, Array(10).fill(`f${i + 1}`)))]),
    ],
    ["by a function that calls itself", () => Buffer.concat([calling, own("f0", ["f0"])])],
  ])("more than 20,000 operations %s", async (_, make) => {
    expect(await mistakeIn(make())).toEqual({ code: "model_nodes", facts: { most: 20_000 } });
  });

  it.each([4, 2049])("pictures of %i pixels a side", async (side) => {
    const bytes = modelOf({ node: pooled, input: [value("picture", ["N", 3, side, side])] });
    const facts = { side, least: 8, most: 2048 };
    expect(await mistakeIn(bytes, { preprocessing: "torchvision" })).toEqual({ code: "model_side", facts });
  });

  it("a preset that would enlarge pictures beyond what can be prepared", async () => {
    const bytes = modelOf({ node: pooled, input: [value("picture", ["N", 3, 2048, 2048])] });
    expect(await mistakeIn(bytes, { preprocessing: "torchvision" })).toMatchObject({ code: "bad_preprocessing" });
  });

  it.each([
    ["nothing by nothing", "a black picture", [node("Div", ["f", "f"], ["scores"])]],
    ["the logarithm of nothing", "a black picture", [node("Log", ["f"], ["scores"])]],
    ["a white picture by nothing", "a white picture", [node("Sub", ["f", "one"], ["d"]), node("Reciprocal", ["d"], ["scores"])]],
  ])("an answer that is not finite: %s", async (_, picture, nodes) => {
    const bytes = modelOf({
      node: [node("GlobalAveragePool", ["picture"], ["p"]), node("Flatten", ["p"], ["f"]), ...nodes],
      initializer: [floats("one", [1], [1])],
    });
    expect(await mistakeIn(bytes)).toMatchObject({ code: "model_not_finite", facts: { picture: { en: picture } } });
  });

  it("class names of more than 2 MB, or that cannot be kept, also those in its card", async () => {
    const card = await inspect(colourModel(), claims);
    const carrying = (name: string) => writeCard(colourModel(), { ...card, classes: [name, "b", "c"] });
    const alone = { labels: undefined, preprocessing: undefined };
    expect(await mistakeIn(carrying("x".repeat(2e6)), alone)).toEqual({
      code: "labels_too_long",
      facts: { gotMb: 2.1, maxMb: 2 },
    });
    for (const name of ["", "a\0b", "\ud800", "x".repeat(201)])
      expect(await mistakeIn(carrying(name), alone)).toMatchObject({ code: "bad_labels" });
  });
});
