import { describe, expect, it } from "vitest";
import { augmentations } from "../../src/images/augment/index.ts";
import { augmentationNames } from "../../src/images/augment/names.ts";
import { pythonCalls } from "../../src/images/augment/python.ts";
import { seeded } from "../../src/random.ts";

const size = { width: 1000, height: 500 };

describe("a call in Python", () => {
  // Counted by hand for a picture of 1000 x 500; that torchvision draws the same was looked at with torchvision itself (docs/LOG.md).
  it.each([
    ["rotate", { degrees: -14.789 }, "F.rotate(image, -14.79, interpolation=F.InterpolationMode.BILINEAR, fill=128)"],
    ["flip", { done: 1 }, "F.horizontal_flip(image)"],
    ["flip", { done: 0 }, "image"],
    [
      "crop",
      { width: 0.5, height: 0.4, x: 0.5, y: 1 },
      "F.resized_crop(image, top=300, left=250, height=200, width=500, size=[500, 1000])",
    ],
    [
      "affine",
      { degrees: 10, right: 0.1, down: -0.2, zoom: 1.25, shearX: 1, shearY: 0 },
      "F.affine(image, angle=-10, translate=[100, -100], scale=1.25, shear=[-45, 0], interpolation=F.InterpolationMode.BILINEAR, fill=128)",
    ],
    ["blur", { sigma: 0.01 }, "F.gaussian_blur(image, kernel_size=31, sigma=5)"],
    ["cutout", { x: 0.5, y: 0, size: 0.2 }, "F.erase(image, i=0, j=450, h=50, w=100, v=torch.full((3, 1, 1), 128))"],
    ["grayscale", { share: 1 }, "F.rgb_to_grayscale(image, num_output_channels=3)"],
    ["equalize", { share: 0.25 }, "Image.blend(image, F.equalize(image), 0.25)"],
  ] as const)("of %s %o is %s", (name, params, call) => {
    expect(pythonCalls[name](params, size)).toBe(call);
  });

  it.each(augmentationNames)("of %s has a number for each parameter", (name) => {
    const call = pythonCalls[name](augmentations[name].draw(seeded(4), 1), size);
    expect(call).toMatch(/^[\w.]*(\(.*\))?$/);
    expect(call).not.toMatch(/NaN|undefined|Infinity|-0[,)\]]/);
  });
});
