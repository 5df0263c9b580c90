import type { Text } from "./text.ts";

/** The topics of the course that have a learning card, each by what it is called when it is typed: one word in each language. */
export const topicNames = {
  bias: { en: "bias", ko: "데이터편향" },
  augmentation: { en: "augmentation", ko: "데이터증강" },
  brightness: { en: "brightness", ko: "밝기" },
  rotation: { en: "rotation", ko: "회전" },
  flip: { en: "flip", ko: "좌우뒤집기" },
  crop: { en: "crop", ko: "크롭" },
  affine: { en: "affine", ko: "아핀변환" },
  cutmix: { en: "cutmix", ko: "컷믹스" },
  randaugment: { en: "randaugment", ko: "랜드증강" },
  "policy-search": { en: "policy-search", ko: "정책탐색" },
  "transfer-frozen": { en: "transfer-frozen", ko: "전이학습1" },
  "transfer-finetune": { en: "transfer-finetune", ko: "전이학습2" },
  distillation: { en: "distillation", ko: "지식증류" },
  "distillation-unlabelled": { en: "distillation-unlabelled", ko: "라벨없는증류" },
  temperature: { en: "temperature", ko: "온도" },
  "semi-supervised": { en: "semi-supervised", ko: "준지도학습" },
  "pseudo-labels": { en: "pseudo-labels", ko: "의사라벨" },
  "noisy-student": { en: "noisy-student", ko: "자가학습" },
  alexnet: { en: "alexnet", ko: "알렉스넷" },
  vgg: { en: "vgg", ko: "브이지지" },
  googlenet: { en: "googlenet", ko: "구글넷" },
  "one-by-one": { en: "one-by-one", ko: "1x1합성곱" },
  auxiliary: { en: "auxiliary", ko: "보조분류기" },
  resnet: { en: "resnet", ko: "레즈넷" },
  degradation: { en: "degradation", ko: "성능저하" },
  densenet: { en: "densenet", ko: "덴스넷" },
  senet: { en: "senet", ko: "세넷" },
  efficientnet: { en: "efficientnet", ko: "이피션트넷" },
} as const satisfies Record<string, Text>;

export type CardTopic = keyof typeof topicNames;
export const cardTopics = Object.keys(topicNames) as [CardTopic, ...CardTopic[]];
