import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { presetNames, presets, readPreprocessing } from "../../src/models/preprocessing.ts";

describe("the option preprocessing", () => {
  it.each(presetNames)("%s is itself", (name) => expect(readPreprocessing(name)).toEqual(presets[name]));

  it("takes parts as JSON over a base, torchvision unless another is named", () => {
    expect(readPreprocessing('{"order":"BGR"}')).toEqual({ ...presets.torchvision, order: "BGR" });
    expect(readPreprocessing('{"base":"caffe","squash":false}')).toEqual({ ...presets.caffe, squash: false });
  });

  it("follows a model's own size in proportion", () => {
    expect(readPreprocessing("timm", 288)).toMatchObject({ crop: 288, resize: 329 });
    expect(readPreprocessing("cifar10", 64)).toMatchObject({ crop: 64, resize: 64 });
  });

  it.each([
    ["word", "resnet"],
    ["key", '{"colour":"BGR"}'],
    ["value", '{"std":[0,1,1]}'],
    ["type", "[1]"],
    ["crop over its resize", '{"resize":100}'],
  ])("refuses an unknown %s", (_, text) => expect(() => readPreprocessing(text)).toThrow(UserError));

  it("says which key is wrong", () => expect(() => readPreprocessing('{"order":"GBR"}')).toThrow(/order/));
});
