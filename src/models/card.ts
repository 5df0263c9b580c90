import { z } from "zod";

/** Least and most pixels along each side of what a model is fed. */
export const sides = { least: 8, most: 2048 } as const;
const Side = z.int().min(sides.least).max(sides.most);

/** How a picture becomes a model's input tensor. Each field is what the model was trained with, not a preference. */
export const Preprocessing = z.object({
  /** Shorter side is resized to `resize` pixels (or both, when `squash`), then a centre crop of `crop` is taken. */
  resize: Side,
  squash: z.boolean().default(false),
  crop: Side,
  interpolation: z.enum(["bilinear", "bicubic", "lanczos", "nearest"]),
  order: z.enum(["RGB", "BGR"]),
  /** Pixels 0..255 are first divided by this: 255 for torchvision, 1 for Caffe. */
  scale: z.number().positive(),
  /** Then (x - mean) / std for each channel, in the model's own channel order. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
});
export type Preprocessing = z.infer<typeof Preprocessing>;

/** Everything needed to use a model and to say what it is. Lies as JSON in the `.onnx` file's metadata. */
export const Card = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,47}$/),
  /** Class names in the order of the logits. */
  classes: z.array(z.string()).min(2),
  preprocessing: Preprocessing,
  input: z.object({ name: z.string(), layout: z.enum(["NCHW", "NHWC"]), height: z.int(), width: z.int() }),
  output: z.object({ name: z.string(), kind: z.enum(["logits", "probabilities"]) }),
  params: z.int().nonnegative(),
  /** Multiply-accumulates of one forward pass, where they could be counted. */
  macs: z.int().nonnegative().optional(),
  /** SHA-256 of the catalog's file that this model was fetched as. Said by what fetched it, never taken from a file. */
  fetched: z.string().optional(),
  family: z.string().optional(),
  /** Where it comes from: dataset, teacher, method, seed, run, licence. */
  lineage: z.record(z.string(), z.unknown()).optional(),
  metrics: z
    .object({ accuracy: z.number().min(0).max(1).optional() })
    .catchall(z.number())
    .optional(),
});
export type Card = z.infer<typeof Card>;
