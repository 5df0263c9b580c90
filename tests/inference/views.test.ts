import { describe, expect, it } from "vitest";
import type { Image } from "../../src/images/image.ts";
import { loadModel } from "../../src/inference/predict.ts";
import { predictPicture, viewsOf } from "../../src/inference/views.ts";
import { Card } from "../../src/models/card.ts";
import { vocabularyOf } from "../../src/models/prediction.ts";
import { colourModel, colours, plainly, SIDE } from "../helpers/onnxModels.ts";

/** A picture of flat colour in two halves: the left one all red, the right one all blue. */
const halves = (width: number, height: number): Image => {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) data[at * 3 + (at % width < width / 2 ? 0 : 2)] = 255;
  return { data, width, height };
};

describe("the views of a photo", () => {
  it.each([
    [640, 480],
    [480, 640],
    [333, 333],
    [1600, 200],
  ])("of %i x %i pixels lie within it, and the first is the whole", (width, height) => {
    const views = viewsOf({ width, height });
    expect(views).toHaveLength(5);
    expect(views[0]).toEqual({ left: 0, top: 0, width, height });
    for (const view of views) {
      expect(Math.min(view.left, view.top)).toBeGreaterThanOrEqual(0);
      expect(view.left + view.width).toBeLessThanOrEqual(width);
      expect(view.top + view.height).toBeLessThanOrEqual(height);
    }
    for (const { width: w, height: h } of views.slice(1)) expect(w).toBe(h);
  });
});

const card = Card.parse({
  ...{ name: "colours", classes: colours, preprocessing: { ...JSON.parse(plainly), order: "RGB" }, params: 9 },
  input: { name: "picture", layout: "NCHW", height: SIDE, width: SIDE },
  output: { name: "scores", kind: "logits" },
});

describe("what a model of few pixels says of a photo", () => {
  const model = async () => loadModel({ blob: "colours for views", card }, async () => colourModel());

  it("is the mean over its views: half of them see red, half of them blue", async () => {
    const { probabilities } = await predictPicture(await model(), halves(400, 200));
    const [red = 0, green = 0, blue = 0] = probabilities;
    expect(red).toBeCloseTo(blue, 2);
    expect(red).toBeGreaterThan(green);
    expect(red + green + blue).toBeCloseTo(1, 5);
  });

  it("is one look, as its card says, at a picture as small as those that it was made for", async () => {
    const [red = 0, , blue = 0] = (await predictPicture(await model(), halves(40, 32))).probabilities;
    expect(red).toBeCloseTo(blue, 1);
  });
});

describe("a model of few classes", () => {
  const top = (probability: number) => [{ index: 0, label: "red", probability }];

  it("says what it knows, and that none fits when its likeliest class has less than half", () => {
    expect(vocabularyOf({ classes: ["red", "blue"] }, top(0.49))).toEqual({ classes: ["red", "blue"], unsure: true });
    expect(vocabularyOf({ classes: ["red", "blue"] }, top(0.5))).toEqual({ classes: ["red", "blue"], unsure: false });
  });

  it("is none with the thousand classes of ImageNet", () => {
    expect(vocabularyOf({ classes: Array.from({ length: 1000 }, (_, i) => `class ${i}`) }, top(0.1))).toBeUndefined();
  });
});
