import type { Builder } from "./builder.ts";
import { type FamilyCard, familyOf, type Net, type Outputs } from "./net.ts";

const card: FamilyCard = {
  family: "efficientnet",
  paper: {
    title: "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
    authors: "Mingxing Tan, Quoc V. Le",
    year: 2019,
    link: "https://arxiv.org/abs/1905.11946",
  },
  idea: {
    en: "Find one good small network by search, then grow its depth, width and picture size together by one number.",
    ko: "탐색으로 좋은 작은 신경망을 하나 찾은 뒤, 숫자 하나로 깊이와 너비와 해상도를 함께 키워요.",
  },
  lesson: {
    en: "Growing one of the three alone soon stops paying; with depth 1.2^φ, width 1.1^φ and resolution 1.15^φ every step of φ costs twice as much. B7 reached 84.3 % top-1 with 8.4 times fewer parameters than the best before it. The published table follows the formula only to about B3. And few multiply-adds are not yet speed: depthwise convolutions keep a CPU waiting for memory.",
    ko: "셋 중 하나만 키우면 금방 한계에 닿아요. 깊이 1.2^φ, 너비 1.1^φ, 해상도 1.15^φ로 함께 키우면 φ가 1 커질 때마다 계산이 두 배가 돼요. B7은 이전 최고 모델보다 8.4배 적은 파라미터로 top-1 84.3%를 얻었어요. 공개된 표는 B3쯤까지만 이 공식을 따라요. 그리고 연산량(MACs)이 적다고 꼭 빠른 건 아니에요. 뎁스와이즈 합성곱에서는 CPU가 메모리를 기다리느라 쉬어요.",
  },
};

/** A run of blocks alike: how much the channels are expanded inside, and the rest of the published columns. */
interface Stage {
  expand: number;
  kernel: number;
  stride: number;
  filters: number;
  blocks: number;
}

interface Plan {
  stem: { filters: number; stride: number };
  stages: readonly Stage[];
  head: number;
  dropout: number;
  /** Share of pictures that skip the last block while training; earlier blocks less, in proportion. */
  dropPath: number;
}

const norm = { epsilon: 1e-3, momentum: 0.99 };

const convNorm = <T>(
  b: Builder<T>,
  x: T,
  name: string,
  { filters, kernel = 1, stride = 1, groups = 1 }: { filters: number; kernel?: number; stride?: number; groups?: number },
): T =>
  b.within(name, () => {
    const padding = stride === 1 ? "same" : (kernel - 1) / 2;
    return b.batchNorm(b.conv(x, "conv", { filters, kernel, stride, groups, padding, bias: false }), "norm", norm);
  });

/** MBConv: widen, filter each channel by itself, weigh the channels, narrow, and add to what came in where the shapes agree. */
const block = <T>(b: Builder<T>, x: T, name: string, { expand, kernel, stride, filters }: Stage, dropPath: number): T =>
  b.within(name, () => {
    const inputs = b.shapeOf(x)[2] as number;
    const wide = inputs * expand;
    const expanded = expand === 1 ? x : b.swish(convNorm(b, x, "expand", { filters: wide }));
    const filtered = b.swish(convNorm(b, expanded, "depthwise", { filters: wide, kernel, stride, groups: wide }));
    // A quarter of the block's input, not of its widened inside.
    const squeezed = b.dense(b.globalAveragePool(filtered), "squeeze", { units: Math.max(1, Math.floor(inputs / 4)) });
    const factors = b.sigmoid(b.dense(b.swish(squeezed), "excite", { units: wide }));
    const narrow = convNorm(b, b.scaleChannels(filtered, factors), "project", { filters });
    return stride === 1 && inputs === filters ? b.add(b.dropPath(narrow, "dropPath", dropPath), x) : narrow;
  });

const forward = <T>(b: Builder<T>, picture: T, classes: number, plan: Plan): Outputs<T> => {
  const total = plan.stages.reduce((sum, it) => sum + it.blocks, 0);
  let done = 0;
  let x = b.swish(convNorm(b, picture, "stem", { ...plan.stem, kernel: 3 }));
  plan.stages.forEach((stage, i) => {
    for (let n = 1; n <= stage.blocks; n++, done++)
      x = block(b, x, `stage${i + 1}/block${n}`, n === 1 ? stage : { ...stage, stride: 1 }, (plan.dropPath * done) / total);
  });
  const features = b.globalAveragePool(b.swish(convNorm(b, x, "top", { filters: plan.head })));
  return { logits: b.dense(b.dropout(features, "dropout", plan.dropout), "head", { units: classes }) };
};

/** To the nearest multiple of 8, but never more than a tenth less than asked for: the rule of the published code. */
const toEights = (channels: number): number => {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
};

/** EfficientNet-B0, which a search found (its table 1). */
const b0: readonly Stage[] = [
  { expand: 1, kernel: 3, stride: 1, filters: 16, blocks: 1 },
  { expand: 6, kernel: 3, stride: 2, filters: 24, blocks: 2 },
  { expand: 6, kernel: 5, stride: 2, filters: 40, blocks: 2 },
  { expand: 6, kernel: 3, stride: 2, filters: 80, blocks: 3 },
  { expand: 6, kernel: 5, stride: 1, filters: 112, blocks: 3 },
  { expand: 6, kernel: 5, stride: 2, filters: 192, blocks: 4 },
  { expand: 6, kernel: 3, stride: 1, filters: 320, blocks: 1 },
];

/** Width, depth, picture size and dropout as published; no formula gives them all. */
const scalings = [
  { width: 1, depth: 1, size: 224, dropout: 0.2 },
  { width: 1, depth: 1.1, size: 240, dropout: 0.2 },
  { width: 1.1, depth: 1.2, size: 260, dropout: 0.3 },
  { width: 1.2, depth: 1.4, size: 300, dropout: 0.3 },
  { width: 1.4, depth: 1.8, size: 380, dropout: 0.4 },
  { width: 1.6, depth: 2.2, size: 456, dropout: 0.4 },
  { width: 1.8, depth: 2.6, size: 528, dropout: 0.5 },
  { width: 2, depth: 3.1, size: 600, dropout: 0.5 },
];

const net = familyOf(card, forward);

export const efficientnets: readonly Net[] = [
  ...scalings.map(({ width, depth, size, dropout }, i) =>
    net(`efficientnet-b${i}`, size, {
      stem: { filters: toEights(32 * width), stride: 2 },
      stages: b0.map((it) => ({ ...it, filters: toEights(it.filters * width), blocks: Math.ceil(it.blocks * depth) })),
      head: 4 * toEights(320 * width),
      dropout,
      dropPath: 0.2,
    }),
  ),
  // Little is done at full size: there, depthwise convolutions and swish of wide blocks would take most of the time.
  net("efficientnet-mini", 32, {
    stem: { filters: 16, stride: 1 },
    stages: [
      { expand: 1, kernel: 3, stride: 1, filters: 16, blocks: 1 },
      { expand: 3, kernel: 3, stride: 2, filters: 32, blocks: 2 },
      { expand: 4, kernel: 3, stride: 2, filters: 64, blocks: 2 },
      { expand: 4, kernel: 3, stride: 2, filters: 96, blocks: 1 },
    ],
    head: 256,
    dropout: 0.1,
    dropPath: 0.05,
  }),
];
