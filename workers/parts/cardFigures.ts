import type { CardTopic } from "../../src/cardTopics.ts";
import { type DiagramTopic, topicDiagrams } from "../../src/draw/topicDiagrams.ts";
import type { AugmentationName } from "../../src/images/augment/names.ts";
import type { Policy } from "../../src/jobs/contracts/policy.ts";

/** How a topic is shown: by a diagram, by a network's own card, or by what is done to a picture. */
export type Figure =
  | { kind: "diagram"; topic: DiagramTopic }
  | { kind: "arch"; net: string }
  | { kind: "augment"; op?: AugmentationName; strength: number; variants?: number }
  | { kind: "policy"; policy: Policy }
  | { kind: "cutmix" };

const others = {
  augmentation: { kind: "augment", strength: 0.6 },
  brightness: { kind: "augment", op: "brightness", strength: 0.8 },
  rotation: { kind: "augment", op: "rotate", strength: 0.8 },
  flip: { kind: "augment", op: "flip", strength: 1, variants: 1 },
  crop: { kind: "augment", op: "crop", strength: 0.8 },
  affine: { kind: "augment", op: "affine", strength: 0.8 },
  cutmix: { kind: "cutmix" },
  randaugment: { kind: "policy", policy: { kind: "randaugment", n: 2, m: 9 } },
  alexnet: { kind: "arch", net: "alexnet-mini" },
  vgg: { kind: "arch", net: "vgg-mini" },
  googlenet: { kind: "arch", net: "googlenet-mini" },
  resnet: { kind: "arch", net: "resnet20" },
  densenet: { kind: "arch", net: "densenet-mini" },
  senet: { kind: "arch", net: "se-resnet20" },
} as const satisfies Partial<Record<CardTopic, Figure>>;

const diagrams = Object.fromEntries(Object.keys(topicDiagrams).map((topic) => [topic, { kind: "diagram", topic }])) as Record<
  DiagramTopic,
  Extract<Figure, { kind: "diagram" }>
>;

/** Every topic's figure but for "temperature", which a model is asked for (`softenedFigure`). */
export const cardFigures: Readonly<Record<Exclude<CardTopic, "temperature">, Figure>> = { ...diagrams, ...others };
