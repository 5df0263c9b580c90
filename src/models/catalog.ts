import { z } from "zod";
import { labelSets } from "./labels.ts";

const hub = "https://huggingface.co/onnxmodelzoo";

/** One file of the ONNX Model Zoo on the Hugging Face hub: it lies in a repository of its own and in one for all. */
const zoo = (
  it: Pick<CatalogEntry, "name" | "family" | "bytes" | "sha256"> & {
    origin: "torch_hub" | "timm";
    top1?: number;
    preprocessing?: string;
  },
): CatalogEntry => {
  const { origin, preprocessing = "torchvision", ...rest } = it;
  const folder = `${it.name}_Opset17_${origin}`;
  const file = `${it.name}_Opset17.onnx`;
  return {
    ...rest,
    preprocessing,
    urls: [`${hub}/${folder}/resolve/main/${file}`, `${hub}/legacy_models/resolve/main/Computer_Vision/${folder}/${file}`],
    labels: "imagenet",
    lineage: { dataset: "ImageNet-1k", source: `ONNX Model Zoo, ${folder}`, licence: "Apache-2.0" },
  };
};

/** ImageNet models for `/models fetch`, with the sizes and hashes of the ONNX Model Zoo's own records. Adding one: its line here. */
export const catalog: readonly CatalogEntry[] = [
  zoo({
    ...{ name: "squeezenet1_1", family: "SqueezeNet", origin: "torch_hub", bytes: 4_958_202, top1: 58.178 },
    sha256: "fbb553444cab298bcac72cf623694e277dfe11d78662108f91ff46b6acb2cc5f",
  }),
  zoo({
    ...{
      name: "efficientnet_b0",
      family: "EfficientNet",
      origin: "timm",
      bytes: 21_128_851,
      preprocessing: "timm",
      top1: 77.692,
    },
    sha256: "e76596a2b9e27c7c734c38550859105b43fec926f13447a84dad175eb994068a",
  }),
  zoo({
    ...{ name: "googlenet", family: "GoogLeNet", origin: "torch_hub", bytes: 26_503_581, top1: 69.778 },
    sha256: "a27dad530bdfda1febca9c6651fc25437e4ddbe509cc90a647eade928e901db9",
  }),
  zoo({
    ...{ name: "densenet121", family: "DenseNet", origin: "torch_hub", bytes: 32_308_799, top1: 74.434 },
    sha256: "9299d867cac3e0bf40803ac737e3fdaf3cb5976ee65c82961c211a3d8be3bbdd",
  }),
  zoo({
    ...{ name: "resnet18", family: "ResNet", origin: "torch_hub", bytes: 46_748_516, top1: 69.758 },
    sha256: "eef70310eb26bdbc70babb290ee3239599ea9aed406bade711e3d2693b9d20e8",
  }),
  zoo({
    ...{ name: "resnet50", family: "ResNet", origin: "torch_hub", bytes: 102_146_338 },
    sha256: "eb6eabe74f278fb55336e49e639b2367dda69f6f3b0d86dea7ffa9d55e6a0939",
  }),
  zoo({
    ...{ name: "seresnet50", family: "SENet", origin: "timm", bytes: 112_289_569, preprocessing: "timm" },
    sha256: "992b56fba3f88adfc007d3ad40766c4d26dd639cc930d4e1b77f64568c4d529f",
  }),
  zoo({
    ...{ name: "alexnet", family: "AlexNet", origin: "torch_hub", bytes: 244_407_335, top1: 56.522 },
    sha256: "d1fef6de9abfd04669ff0c450eaf02609f544c47623e6b80346180737863f5ee",
  }),
  zoo({
    ...{ name: "vgg11", family: "VGGNet", origin: "torch_hub", bytes: 531_458_993 },
    sha256: "43f72edb0715254fdafb0f15e2662a7a4a2db1cbd4c883a367eda7e927a4e633",
  }),
  zoo({
    ...{ name: "vgg16", family: "VGGNet", origin: "torch_hub", bytes: 553_437_938, top1: 71.592 },
    sha256: "1ad7f863cda9f3ff233317bb9d183651a3206ab271cf1c20870c851dafdbb9ba",
  }),
];

/** A model that can be downloaded: where from, how to know that it is the right file, and how to use it. */
export const CatalogEntry = z.object({
  name: z.string(),
  family: z.string(),
  /** Tried in this order. */
  urls: z.array(z.url()).min(1),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** As `/models add` takes it: a preset or JSON. */
  preprocessing: z.string(),
  labels: z.enum(labelSets),
  /** Published top-1 accuracy on the ImageNet validation set, percent. */
  top1: z.number().optional(),
  lineage: z.record(z.string(), z.string()),
});
export type CatalogEntry = z.infer<typeof CatalogEntry>;
