import type { Builder } from "./builder.ts";
import { type FamilyCard, familyOf, type Net, type Outputs } from "./net.ts";

const card: FamilyCard = {
  family: "vgg",
  paper: {
    title: "Very Deep Convolutional Networks for Large-Scale Image Recognition",
    authors: "Karen Simonyan, Andrew Zisserman",
    year: 2014,
    link: "https://arxiv.org/abs/1409.1556",
  },
  idea: {
    en: "Nothing but 3x3 convolutions, stacked deep, with the filters doubled at every halving of the picture.",
    ko: "3x3 합성곱만 깊게 쌓고, 그림 크기가 절반이 될 때마다 필터 수를 두 배로 늘려요.",
  },
  lesson: {
    en: "Three 3x3 in a row see as far as one 7x7 with 27C² instead of 49C² weights, and with three ReLUs instead of one. From 11 to 16 layers the top-1 error fell from 29.6 to 27.0 %; with 19 it fell no further, and that is where ResNet took over.",
    ko: "3x3 세 개를 이어 붙이면 7x7 하나와 같은 넓이를 보면서 가중치는 49C² 대신 27C²이고, ReLU는 하나가 아니라 세 번 들어가요. 11층에서 16층으로 늘리자 top-1 오류율이 29.6%에서 27.0%로 줄었지만 19층에서는 더 줄지 않았어요. 그 벽을 넘은 것이 ResNet이에요.",
  },
};

const POOL = "pool";
type Step = number | typeof POOL;

interface Plan {
  /** Filters of each 3x3 convolution, and where the picture is halved. */
  steps: readonly Step[];
  norm: boolean;
  /** Hidden dense layers, each with dropout behind it. Without any, the last picture is averaged instead. */
  dense: readonly number[];
}

const forward = <T>(b: Builder<T>, picture: T, classes: number, { steps, norm, dense }: Plan): Outputs<T> => {
  let [x, convs] = [picture, 0];
  for (const step of steps) {
    if (step === POOL) {
      x = b.maxPool(x, { size: 2 });
      continue;
    }
    const name = `conv${++convs}`;
    // The published networks with batch norm keep their useless biases, and count them.
    const conv = b.conv(x, name, { filters: step, kernel: 3, bias: !norm || dense.length > 0 });
    x = b.relu(norm ? b.batchNorm(conv, `norm${convs}`) : conv);
  }
  if (dense.length === 0) return { logits: b.dense(b.globalAveragePool(x), "head", { units: classes }) };
  const initialiser = { normal: 0.01 };
  const hidden = dense.reduce(
    (y, units, i) => b.dropout(b.relu(b.dense(y, `dense${i + 1}`, { units, initialiser })), `dropout${i + 1}`, 0.5),
    b.flatten(x),
  );
  return { logits: b.dense(hidden, "head", { units: classes, initialiser }) };
};

const net = familyOf(card, forward);

/** Convolutions before each of the five pools (configurations A, B and D of the paper), and their filters. */
const depths = { 11: [1, 1, 2, 2, 2], 13: [2, 2, 2, 2, 2], 16: [2, 2, 3, 3, 3] };
const widths = [64, 128, 256, 512, 512];

const imagenet = (depth: keyof typeof depths, norm: boolean): Net => {
  const steps = widths.flatMap((filters, i) => [...Array<Step>(depths[depth][i] as number).fill(filters), POOL] as const);
  return net(`vgg${depth}${norm ? "-bn" : ""}`, 224, { steps, norm, dense: [4096, 4096] });
};

export const vggs: readonly Net[] = [
  ...([11, 13, 16] as const).flatMap((depth) => [imagenet(depth, false), imagenet(depth, true)]),
  net("vgg-mini", 32, {
    steps: [32, 32, POOL, 64, 64, POOL, 128, 128, POOL, 256, 256],
    norm: true,
    dense: [],
  }),
];
