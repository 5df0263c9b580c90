import type { Builder } from "./builder.ts";
import { type FamilyCard, familyOf, type Net, type Outputs } from "./net.ts";

const card: FamilyCard = {
  family: "alexnet",
  paper: {
    title: "ImageNet Classification with Deep Convolutional Neural Networks",
    authors: "Alex Krizhevsky, Ilya Sutskever, Geoffrey Hinton",
    year: 2012,
    link: "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks",
  },
  idea: {
    en: "Five convolutions and three dense layers, made trainable by ReLU, dropout, augmentation and two GPUs.",
    ko: "합성곱 레이어 다섯 개와 완전 연결 레이어 세 개를 ReLU, 드롭아웃, 데이터 증강, GPU 두 장으로 학습할 수 있게 만들었어요.",
  },
  lesson: {
    en: "It won ImageNet 2012 with 15.3 % top-5 error (second place: 26.2 %). With ReLU a small network learned CIFAR-10 six times faster than with tanh. And 96 % of its parameters lie in the three dense layers, which every later family got rid of.",
    ko: "2012년 ImageNet 대회에서 top-5 오류율 15.3%로 우승했어요(2위는 26.2%). ReLU를 쓰니 작은 신경망이 tanh보다 여섯 배 빨리 CIFAR-10을 배웠어요. 그런데 파라미터의 96%가 완전 연결 레이어 셋에 몰려 있고, 이후의 모델들은 바로 그 레이어를 없애 갔어요.",
  },
};

interface Plan {
  convs: readonly { filters: number; kernel: number; stride?: number; padding: number }[];
  /** Numbers of the convolutions (from 0) with an overlapping 3x3 pool of stride 2 behind them. */
  pooled: readonly number[];
  dense: readonly number[];
}

const forward = <T>(b: Builder<T>, picture: T, classes: number, plan: Plan): Outputs<T> => {
  const features = plan.convs.reduce((x, conv, i) => {
    const y = b.relu(b.conv(x, `conv${i + 1}`, conv));
    return plan.pooled.includes(i) ? b.maxPool(y, { size: 3, stride: 2 }) : y;
  }, picture);
  const hidden = plan.dense.reduce(
    (x, units, i) => b.relu(b.dense(b.dropout(x, `dropout${i + 1}`, 0.5), `dense${i + 1}`, { units })),
    b.flatten(features),
  );
  return { logits: b.dense(hidden, "head", { units: classes }) };
};

const net = familyOf(card, forward);

export const alexnets: readonly Net[] = [
  // The one-tower variant that everybody uses, without local response normalisation (Krizhevsky 2014, "One weird trick").
  net("alexnet", 224, {
    convs: [
      { filters: 64, kernel: 11, stride: 4, padding: 2 },
      { filters: 192, kernel: 5, padding: 2 },
      { filters: 384, kernel: 3, padding: 1 },
      { filters: 256, kernel: 3, padding: 1 },
      { filters: 256, kernel: 3, padding: 1 },
    ],
    pooled: [0, 1, 4],
    dense: [4096, 4096],
  }),
  net("alexnet-mini", 32, {
    convs: [
      { filters: 32, kernel: 5, padding: 2 },
      { filters: 64, kernel: 5, padding: 2 },
      { filters: 128, kernel: 3, padding: 1 },
      { filters: 128, kernel: 3, padding: 1 },
      { filters: 128, kernel: 3, padding: 1 },
    ],
    pooled: [0, 1, 4],
    dense: [512, 256],
  }),
];
