import type { Builder, PoolOptions } from "./builder.ts";
import { type FamilyCard, familyOf, type Net, type Outputs } from "./net.ts";
import { seenAt } from "./seenSmall.ts";

const card: FamilyCard = {
  family: "densenet",
  paper: {
    title: "Densely Connected Convolutional Networks",
    authors: "Gao Huang, Zhuang Liu, Laurens van der Maaten, Kilian Q. Weinberger",
    year: 2016,
    link: "https://arxiv.org/abs/1608.06993",
  },
  idea: {
    en: "Every layer sees what all layers before it found, laid side by side, and adds only a few channels of its own.",
    ko: "모든 레이어가 앞선 레이어들의 출력을 나란히 이어 붙여 모두 보고, 자기 채널은 조금만 보태요.",
  },
  lesson: {
    en: "What need not be learned again needs no parameters: DenseNet-BC with 0.77 million reaches 4.51 % error on CIFAR-10, where a 1001-layer ResNet of 10.2 million has 4.62 %. The price is memory and time: the growing stacks are copied and normalised again at every layer.",
    ko: "이미 찾은 특징을 다시 배우지 않으니 파라미터가 적게 들어요. 77만 개짜리 DenseNet-BC가 CIFAR-10에서 오류율 4.51%인데, 1,020만 개짜리 1001층 ResNet은 4.62%예요. 대신 레이어마다 점점 두꺼워지는 특징 맵을 다시 복사하고 정규화하느라 메모리와 시간이 들어요.",
  },
};

interface Plan {
  /** Channels that each layer adds, "k". */
  growth: number;
  /** Layers of each block. */
  layers: readonly number[];
  /** The first convolution. A pool behind it has a norm and a ReLU before it, as on ImageNet. */
  stem: { filters: number; kernel: number; stride?: number; pool?: PoolOptions };
}

/** Normalise first, then convolve: what comes in is a stack that others read as well. */
const normConv = <T>(b: Builder<T>, x: T, name: string, filters: number, kernel: number): T =>
  b.within(name, () => b.conv(b.relu(b.batchNorm(x, "norm")), "conv", { filters, kernel, bias: false }));

/** A bottleneck of 4k channels, then k new ones laid beside what was there ("B" of DenseNet-BC). */
const denseLayer = <T>(b: Builder<T>, x: T, name: string, growth: number): T =>
  b.within(name, () => b.concat([x, normConv(b, normConv(b, x, "1", 4 * growth, 1), "2", growth, 3)]));

const forward = <T>(b: Builder<T>, picture: T, classes: number, { growth, layers, stem }: Plan): Outputs<T> => {
  const { pool, ...conv } = stem;
  const first = b.conv(picture, "stem/conv", { ...conv, padding: (conv.kernel - 1) / 2, bias: false });
  let x = pool ? b.maxPool(b.relu(b.batchNorm(first, "stem/norm")), pool) : first;
  layers.forEach((count, i) => {
    // Half of the channels survive into the next block ("C", compression 0.5).
    if (i > 0) x = b.averagePool(normConv(b, x, `transition${i}`, Math.floor((b.shapeOf(x)[2] as number) / 2), 1), { size: 2 });
    for (let layer = 1; layer <= count; layer++) x = denseLayer(b, x, `block${i + 1}/layer${layer}`, growth);
  });
  return { logits: b.dense(b.globalAveragePool(b.relu(b.batchNorm(x, "norm"))), "head", { units: classes }) };
};

const net = familyOf(card, forward);

/** Depth counts a stem, two convolutions a layer in three equal blocks, two transitions and the classifier. */
const cifar = (depth: number, growth: number): Net => {
  const layers = (depth - 4) / 6;
  return net(`densenet-bc${depth}`, 32, {
    growth,
    layers: [layers, layers, layers],
    stem: { filters: 2 * growth, kernel: 3 },
  });
};

/** Wide, shallow (the authors' own advice) and on half the side from the start: what is dear here is copying, not arithmetic. */
const mini = net("densenet-mini", 32, {
  growth: 24,
  layers: [4, 4, 4],
  stem: { filters: 32, kernel: 3, pool: { size: 2 } },
});

export const densenets: readonly Net[] = [
  net("densenet121", 224, {
    growth: 32,
    layers: [6, 12, 24, 16],
    stem: { filters: 64, kernel: 7, stride: 2, pool: { size: 3, stride: 2, padding: 1 } },
  }),
  cifar(100, 12),
  cifar(40, 12),
  mini,
  seenAt(16, mini),
];
