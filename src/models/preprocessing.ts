import { z } from "zod";
import { UserError } from "../errors.ts";
import { Preprocessing } from "./card.ts";
import { cifar10 } from "./cifar10.ts";

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } satisfies Partial<Preprocessing>;

/** What the usual sources of models trained with. Adding one: its line here. */
export const presets = {
  /** torchvision's ImageNet weights of 2016..2020, and most models trained with PyTorch. */
  torchvision: { resize: 256, squash: false, crop: 224, interpolation: "bilinear", order: "RGB", scale: 255, ...imagenet },
  /** timm's most frequent setting: bicubic, crop 0.875. */
  timm: { resize: 256, squash: false, crop: 224, interpolation: "bicubic", order: "RGB", scale: 255, ...imagenet },
  /** The BVLC model zoo: 256 x 256 whatever the shape, BGR, 0..255 minus the training set's mean. */
  caffe: {
    resize: 256,
    squash: true,
    crop: 224,
    interpolation: "bilinear",
    order: "BGR",
    scale: 1,
    mean: [104, 117, 123],
    std: [1, 1, 1],
  },
  /** Keras applications in "tf" mode (MobileNet, Inception, Xception): the whole picture, scaled to -1..1. */
  keras: {
    resize: 224,
    squash: true,
    crop: 224,
    interpolation: "bilinear",
    order: "RGB",
    scale: 127.5,
    mean: [1, 1, 1],
    std: [1, 1, 1],
  },
  /** Small networks for CIFAR-10. */
  cifar10: {
    ...{ resize: 32, squash: false, crop: 32, interpolation: "bilinear", order: "RGB", scale: 255 },
    ...{ mean: [...cifar10.mean], std: [...cifar10.std] },
  },
} as const satisfies Readonly<Record<string, Preprocessing>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];

/** Some parts of a preprocessing, over a preset: `{ "base": "timm", "crop": 288, "resize": 288 }`. Unknown keys are mistakes. */
const Parts = z.strictObject({
  ...Preprocessing.partial().shape,
  squash: z.boolean().optional(),
  base: z.enum(presetNames as [PresetName]).optional(),
});

/**
 * Reads the option `preprocessing`: a preset's name or JSON of its parts (over torchvision, unless it names another base).
 * `side` is the model's fixed input size, if it has one: a preset follows it in proportion; a stated crop must equal it.
 */
export const readPreprocessing = (text: string, side?: number): Preprocessing => {
  const named = presetNames.find((it) => it === text.trim().toLowerCase());
  const parsed = named ? { base: named } : partsIn(text);
  const { base = "torchvision", ...parts } = parsed;
  const preset: Preprocessing = { ...presets[base], mean: [...presets[base].mean], std: [...presets[base].std] };
  const crop = parts.crop ?? side ?? preset.crop;
  if (side !== undefined && crop !== side) {
    throw new UserError("bad_preprocessing", {
      problem: `crop is ${crop}, but the model takes ${side} x ${side}`,
      known: presetNames,
    });
  }
  const resize = parts.resize ?? Math.round((preset.resize * crop) / preset.crop);
  if (resize < crop)
    throw new UserError("bad_preprocessing", { problem: `resize ${resize} is smaller than crop ${crop}`, known: presetNames });
  const { data, error } = Preprocessing.safeParse({ ...preset, ...parts, crop, resize });
  if (!data) throw new UserError("bad_preprocessing", { problem: problemsIn(error), known: presetNames });
  return data;
};

const problemsIn = ({ issues }: z.ZodError): string =>
  issues.map((it) => `${it.path.join(".") || "JSON"}: ${it.message}`).join("; ");

const partsIn = (text: string): z.infer<typeof Parts> => {
  const { data, error } = Parts.safeParse(jsonIn(text));
  if (data) return data;
  throw new UserError("bad_preprocessing", { problem: problemsIn(error), known: presetNames });
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      "bad_preprocessing",
      { problem: `"${text.slice(0, 60)}" is neither a preset nor JSON`, known: presetNames },
      { cause },
    );
  }
};
