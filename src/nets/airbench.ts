import type { Builder } from "./builder.ts";
import type { FamilyCard, Net } from "./net.ts";
import { whiteningKernel } from "./whiten.ts";

const card: FamilyCard = {
  family: "airbench",
  paper: {
    title: "94% on CIFAR-10 in 3.29 Seconds on a Single GPU",
    authors: "Keller Jordan",
    year: 2024,
    link: "https://arxiv.org/abs/2404.00498",
  },
  idea: {
    en: "A seven-convolution VGG whose first layer is not learned but computed: it decorrelates the colours of 2x2 patches.",
    ko: "합성곱 일곱 개짜리 VGG인데, 첫 레이어는 배우지 않고 계산해서 2x2 조각의 색 상관관계를 미리 없애요.",
  },
  lesson: {
    en: "Small things add up: whitening, identity beginnings, no gamma, label smoothing and flipping every picture every other epoch reach 94 % in ten epochs. The ResNet paper trained ResNet-20 for 164 epochs to 91.25 %.",
    ko: "작은 개선도 모이면 커요. 화이트닝, 항등 초기화, 감마 없는 정규화, 라벨 스무딩, 에폭마다 번갈아 뒤집기를 합치면 10에폭 만에 94%에 도달해요. ResNet 논문은 ResNet-20을 164에폭 학습해 91.25%를 얻었어요.",
  },
};

/** Biases of its norms learn 64 times as fast as its kernels in the original; see the recipe. */
const norm = { epsilon: 1e-12, momentum: 0.6, scale: false };

const convGroup = <T>(b: Builder<T>, x: T, name: string, filters: number): T =>
  b.within(name, () => {
    const conv = (input: T, path: string) => b.conv(input, path, { filters, kernel: 3, bias: false, initialiser: "dirac" });
    const first = b.gelu(b.batchNorm(b.maxPool(conv(x, "conv1"), { size: 2 }), "norm1", norm));
    return b.gelu(b.batchNorm(conv(first, "conv2"), "norm2", norm));
  });

/**
 * 1,971,640 parameters; the reference counts 1,972,792 because it keeps its 1,152 gammas, all fixed at 1.
 * Its first kernel is computed from training pictures by `begin`, and then never trained.
 */
export const airbench94: Net = {
  ...card,
  name: "airbench94",
  size: 32,
  classes: 10,
  forward: (b, picture, classes) => {
    const whitened = b.conv(picture, "whiten", { filters: 24, kernel: 2, padding: "valid", frozen: true });
    const features = [64, 256, 256].reduce((x, filters, i) => convGroup(b, x, `group${i + 1}`, filters), b.gelu(whitened));
    const pooled = b.flatten(b.maxPool(features, { size: 3 }));
    // As PyTorch begins a dense layer of 256 inputs: uniform within ±1/16, whose deviation is 1/(16·√3).
    const logits = b.dense(pooled, "head", { units: classes, bias: false, initialiser: { normal: 0.036 } });
    return { logits: b.scale(logits, 1 / 9) };
  },
  begin: (pictures) => new Map([["whiten/kernel", whiteningKernel(pictures)]]),
};
