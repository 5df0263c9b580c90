import type { Text } from "../text.ts";
import type { Builder } from "./builder.ts";
import { type FamilyCard, familyOf, type Net, type Outputs } from "./net.ts";
import { seenAt } from "./seenSmall.ts";

const card: FamilyCard = {
  family: "googlenet",
  paper: {
    title: "Going Deeper with Convolutions",
    authors:
      "Christian Szegedy, Wei Liu, Yangqing Jia, Pierre Sermanet, Scott Reed, Dragomir Anguelov, Dumitru Erhan, Vincent Vanhoucke, Andrew Rabinovich",
    year: 2014,
    link: "https://arxiv.org/abs/1409.4842",
  },
  idea: {
    en: "Look at 1x1, 3x3 and 5x5 neighbourhoods side by side, and squeeze the channels with 1x1 convolutions before the costly ones.",
    ko: "1x1, 3x3, 5x5 영역을 나란히 보고, 비싼 합성곱 앞에서는 1x1 합성곱으로 채널을 줄여요.",
  },
  lesson: {
    en: "The 1x1 reduction brings the 5x5 branch of module 4a from 112.9 to 5.3 million multiply-adds; so 22 layers need 12 times fewer parameters than AlexNet and won ImageNet 2014 with 6.7 % top-5 error. Two extra classifiers on the way, weighted 0.3, help early layers learn and are thrown away afterwards.",
    ko: "1x1로 채널을 줄이면 4a 모듈의 5x5 가지가 연산량이 1억 1,290만 MACs에서 530만 MACs로 줄어요. 그래서 22층인데도 파라미터가 AlexNet의 12분의 1이고, 2014년 ImageNet 대회에서 top-5 오류율 6.7%로 우승했어요. 중간의 보조 분류기 두 개(가중치 0.3)는 앞쪽 레이어의 학습을 돕고 나중에는 버려요.",
  },
};

/** Filters of one module. `five` is the branch of 5x5 convolutions: [after the reduction, after the convolution]. */
interface Module {
  one: number;
  three: readonly [number, number];
  five: readonly [number, number];
  pool: number;
}

const convNorm = <T>(b: Builder<T>, x: T, name: string, filters: number, kernel: number, stride = 1): T =>
  b.within(name, () => {
    const padding = stride === 1 ? "same" : (kernel - 1) / 2;
    return b.relu(b.batchNorm(b.conv(x, "conv", { filters, kernel, stride, padding, bias: false }), "norm", { epsilon: 1e-3 }));
  });

const inception = <T>(b: Builder<T>, x: T, name: string, { one, three, five, pool }: Module, plan: Plan): T =>
  b.within(name, () => {
    const reduced = (branch: string, filters: number) => (plan.reduce === false ? x : convNorm(b, x, branch, filters, 1));
    return b.concat([
      convNorm(b, x, "one", one, 1),
      convNorm(b, reduced("three/reduce", three[0]), "three", three[1], 3),
      convNorm(b, reduced("five/reduce", five[0]), "five", five[1], plan.fiveKernel),
      convNorm(b, b.maxPool(x, { size: 3, stride: 1, padding: "same" }), "pool", pool, 1),
    ]);
  });

const auxiliary = <T>(b: Builder<T>, x: T, name: string, classes: number, plan: Plan): T =>
  b.within(name, () => {
    const small = convNorm(b, b.averagePool(x, plan.auxPool), "reduce", plan.auxFilters, 1);
    const hidden = b.relu(b.dense(b.flatten(small), "dense", { units: plan.auxUnits }));
    return b.dense(b.dropout(hidden, "dropout", 0.7), "head", { units: classes });
  });

interface Plan {
  stem<T>(b: Builder<T>, picture: T): T;
  /** Modules by the paper's names; a pool lies before each new number. */
  modules: Readonly<Record<string, Module>>;
  pools: Readonly<Record<string, { size: number; stride: number; ceil: true }>>;
  fiveKernel: 3 | 5;
  /** Whether 1x1 convolutions squeeze the channels before the costly ones; they do unless said otherwise. */
  reduce?: false;
  /** Modules with an auxiliary classifier behind them. */
  aux: readonly string[];
  auxPool: { size: number; stride: number };
  auxFilters: number;
  auxUnits: number;
}

const forward = <T>(b: Builder<T>, picture: T, classes: number, plan: Plan): Outputs<T> => {
  const aux: T[] = [];
  let x = plan.stem(b, picture);
  for (const [name, module] of Object.entries(plan.modules)) {
    const pool = plan.pools[name];
    x = inception(b, pool ? b.maxPool(x, pool) : x, name, module, plan);
    if (b.training && plan.aux.includes(name)) aux.push(auxiliary(b, x, `aux${aux.length + 1}`, classes, plan));
  }
  const logits = b.dense(b.dropout(b.globalAveragePool(x), "dropout", 0.2), "head", { units: classes });
  return b.training ? { logits, aux } : { logits };
};

const pool3 = { size: 3, stride: 2, ceil: true } as const;

const imagenet: Omit<Plan, "fiveKernel"> = {
  stem: (b, picture) => {
    const first = b.maxPool(convNorm(b, picture, "stem1", 64, 7, 2), pool3);
    return b.maxPool(convNorm(b, convNorm(b, first, "stem2", 64, 1), "stem3", 192, 3), pool3);
  },
  modules: {
    "3a": { one: 64, three: [96, 128], five: [16, 32], pool: 32 },
    "3b": { one: 128, three: [128, 192], five: [32, 96], pool: 64 },
    "4a": { one: 192, three: [96, 208], five: [16, 48], pool: 64 },
    "4b": { one: 160, three: [112, 224], five: [24, 64], pool: 64 },
    "4c": { one: 128, three: [128, 256], five: [24, 64], pool: 64 },
    "4d": { one: 112, three: [144, 288], five: [32, 64], pool: 64 },
    "4e": { one: 256, three: [160, 320], five: [32, 128], pool: 128 },
    "5a": { one: 256, three: [160, 320], five: [32, 128], pool: 128 },
    "5b": { one: 384, three: [192, 384], five: [48, 128], pool: 128 },
  },
  pools: { "4a": pool3, "5a": { size: 2, stride: 2, ceil: true } },
  aux: ["4a", "4d"],
  auxPool: { size: 5, stride: 3 },
  auxFilters: 128,
  auxUnits: 1024,
};

const cifar: Plan = {
  stem: (b, picture) => b.maxPool(convNorm(b, picture, "stem", 32, 3), { size: 2 }),
  modules: {
    "3a": { one: 32, three: [32, 64], five: [8, 16], pool: 16 },
    "4a": { one: 48, three: [48, 96], five: [12, 24], pool: 24 },
    "4b": { one: 64, three: [64, 128], five: [16, 32], pool: 32 },
    "5a": { one: 96, three: [80, 192], five: [20, 48], pool: 48 },
  },
  pools: { "4a": { size: 2, stride: 2, ceil: true }, "5a": { size: 2, stride: 2, ceil: true } },
  fiveKernel: 5,
  aux: ["4a", "4b"],
  auxPool: { size: 4, stride: 4 },
  auxFilters: 64,
  auxUnits: 128,
};

const net = familyOf(card, forward);

const unreduced: Text = {
  en: "Without the 1x1 reductions before its 3x3 and 5x5 convolutions, to see what they save.",
  ko: "3x3과 5x5 앞의 1x1 축소를 뺀 모델이에요. 축소가 계산을 얼마나 아끼는지 비교해 보세요.",
};
const withoutAux: Text = {
  en: "Without auxiliary classifiers while it trains, to see what they are good for.",
  ko: "학습할 때 보조 분류기를 쓰지 않는 모델이에요. 보조 분류기의 효과를 비교해 보세요.",
};

/** The one for CIFAR, and what it is compared with. */
const minis: readonly Net[] = [
  net("googlenet-mini", 32, cifar),
  { ...net("googlenet-mini-no-reduction", 32, { ...cifar, reduce: false }), unreduced: true, variant: unreduced },
  { ...net("googlenet-mini-no-aux", 32, { ...cifar, aux: [] }), variant: withoutAux },
];

/**
 * "googlenet" is torchvision's, whose 5x5 branch convolves 3x3 by a mistake that its weights made permanent
 * (github.com/pytorch/vision/issues/906); "googlenet-5x5" is the paper's, and so is the one for CIFAR. These also exist without
 * what the paper brought, for comparison: without 1x1 reductions, and without auxiliary classifiers.
 */
export const googlenets: readonly Net[] = [
  net("googlenet", 224, { ...imagenet, fiveKernel: 3 }),
  net("googlenet-5x5", 224, { ...imagenet, fiveKernel: 5 }),
  {
    ...net("googlenet-5x5-no-reduction", 224, { ...imagenet, fiveKernel: 5, reduce: false }),
    unreduced: true,
    variant: unreduced,
  },
  ...minis,
  ...minis.map((it) => seenAt(16, it)),
];
