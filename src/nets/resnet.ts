import type { Builder } from "./builder.ts";
import { type FamilyCard, familyOf, type Net, type Outputs } from "./net.ts";
import { seenAt } from "./seenSmall.ts";

const card: FamilyCard = {
  family: "resnet",
  paper: {
    title: "Deep Residual Learning for Image Recognition",
    authors: "Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun",
    year: 2015,
    link: "https://arxiv.org/abs/1512.03385",
  },
  idea: {
    en: "Let every block learn only what to add to its input: the input itself goes around it on a shortcut.",
    ko: "각 블록은 입력에 더할 변화량만 배우고, 입력은 스킵 연결로 블록을 건너뛰어 그대로 전달돼요.",
  },
  lesson: {
    en: "Deeper plain networks were worse, even on their training data (ImageNet validation error: 28.5 % with 34 layers, 27.9 % with 18). It was not vanishing gradients, batch norm takes care of those: such networks are hard to optimise. With shortcuts the deeper one wins (25.0 against 27.9 %).",
    ko: "스킵 연결이 없으면 깊은 신경망이 학습 데이터에서조차 더 나빴어요(ImageNet 검증 오류율: 34층 28.5%, 18층 27.9%). 배치 정규화가 있으니 기울기 소실 때문이 아니라 최적화 자체가 어려웠던 거예요. 스킵 연결을 달자 깊은 쪽이 이겼어요(25.0% 대 27.9%).",
  },
};

/** How a block's input meets its output where the two differ in shape. */
export type Shortcut =
  /** As the paper on CIFAR: every second pixel, and zeros for the new channels. No parameters. */
  | "A"
  /** A 1x1 convolution with batch norm, as on ImageNet. */
  | "B"
  /** None at all, in any block: the plain network that the paper compares with. */
  | "none";

/** What SENet adds to a block: something done to its branch before it joins the shortcut. */
export type Attend = <T>(b: Builder<T>, branch: T) => T;

/** Everything in which residual networks differ. */
export interface Plan {
  shortcut: Shortcut;
  /** Blocks of each stage; each halves the picture and doubles the filters of the one before. */
  blocks: readonly number[];
  /** Filters of the first stage. */
  filters: number;
  /** Basic: two 3x3. Bottleneck: 1x1, 3x3, then 1x1 to four times the filters. */
  block: "basic" | "bottleneck";
  /** ImageNet: 7x7 with stride 2 and a pool. CIFAR: one 3x3. */
  stem: "imagenet" | "cifar";
  attend?: Attend;
}

interface Shape {
  filters: number;
  kernel: number;
  stride?: number;
}

/**
 * Padding is PyTorch's symmetric one where ImageNet weights were published with it, and on CIFAR TensorFlow's own, which costs it
 * no padding step. They differ only where there is a stride.
 */
const convNorm = <T>(b: Builder<T>, x: T, name: string, { stem }: Plan, { filters, kernel, stride = 1 }: Shape): T =>
  b.within(name, () => {
    const padding = stem === "imagenet" ? (kernel - 1) / 2 : "same";
    return b.batchNorm(b.conv(x, "conv", { filters, kernel, stride, padding, bias: false }), "norm");
  });

const bypass = <T>(b: Builder<T>, x: T, filters: number, stride: number, plan: Plan): T => {
  const channels = b.shapeOf(x)[2] as number;
  if (channels === filters && stride === 1) return x;
  if (plan.shortcut === "B") return convNorm(b, x, "shortcut", plan, { filters, kernel: 1, stride });
  const smaller = stride === 1 ? x : b.averagePool(x, { size: 1, stride });
  const zeros = Array.from({ length: filters / channels - 1 }, () => b.scale(smaller, 0));
  return b.concat([smaller, ...zeros]);
};

/** The convolutions of a block; all but one keep the size of the picture, all but the last have a ReLU behind them. */
const branchOf = ({ block }: Plan, filters: number, stride: number): readonly Shape[] =>
  block === "basic"
    ? [
        { filters, kernel: 3, stride },
        { filters, kernel: 3 },
      ]
    : [
        { filters, kernel: 1 },
        { filters, kernel: 3, stride },
        { filters: 4 * filters, kernel: 1 },
      ];

const residualBlock = <T>(b: Builder<T>, x: T, filters: number, stride: number, plan: Plan): T => {
  const shapes = branchOf(plan, filters, stride);
  const branch = shapes.reduce((y, shape, i) => convNorm(b, i > 0 ? b.relu(y) : y, `${i + 1}`, plan, shape), x);
  const attended = plan.attend ? plan.attend(b, branch) : branch;
  if (plan.shortcut === "none") return b.relu(attended);
  return b.relu(b.add(attended, bypass(b, x, b.shapeOf(branch)[2] as number, stride, plan)));
};

/** A residual network, or its plain twin. */
const residual = <T>(b: Builder<T>, picture: T, classes: number, plan: Plan): Outputs<T> => {
  const { filters } = plan;
  let x =
    plan.stem === "cifar"
      ? b.relu(convNorm(b, picture, "stem", plan, { filters, kernel: 3 }))
      : b.maxPool(b.relu(convNorm(b, picture, "stem", plan, { filters, kernel: 7, stride: 2 })), {
          size: 3,
          stride: 2,
          padding: 1,
        });
  plan.blocks.forEach((count, stage) => {
    for (let i = 0; i < count; i++)
      x = b.within(`stage${stage + 1}/block${i + 1}`, () =>
        residualBlock(b, x, filters * 2 ** stage, stage > 0 && i === 0 ? 2 : 1, plan),
      );
  });
  return { logits: b.dense(b.globalAveragePool(x), "head", { units: classes }) };
};

/** Makes residual networks of one family: as `familyOf`, and their block is a fact of the network. */
export const residualFamilyOf = (card: FamilyCard) => {
  const net = familyOf(card, residual);
  return (name: string, size: number, plan: Plan): Net => ({ ...net(name, size, plan), block: plan.block });
};

const net = residualFamilyOf(card);
const plainTwin = (twin: string, name: string, size: number, plan: Plan): Net => ({
  ...net(name, size, plan),
  plainTwinOf: twin,
});

/** Each stage's blocks, and what they are, by depth: table 1 of the paper. */
const imagenet = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3] } as const;

/** The plan of the ImageNet networks. */
export const imagenetPlan = (depth: keyof typeof imagenet, shortcut: Shortcut): Plan => ({
  shortcut,
  blocks: imagenet[depth],
  filters: 64,
  block: depth === 50 ? "bottleneck" : "basic",
  stem: "imagenet",
});

/** The plan of the CIFAR networks: 6n + 2 layers in three stages of n blocks. */
export const cifarPlan = (depth: number, shortcut: Shortcut): Plan => {
  const n = (depth - 2) / 6;
  return { shortcut, blocks: [n, n, n], filters: 16, block: "basic", stem: "cifar" };
};

/** The one whose shortcuts are as the paper has them on CIFAR, and the one without any. */
const pair = (depth: number): readonly [Net, Net] => [
  net(`resnet${depth}a`, 32, cifarPlan(depth, "A")),
  plainTwin(`resnet${depth}a`, `plain${depth}`, 32, cifarPlan(depth, "none")),
];

const wider = (depth: number, filters: number): Net => net(`resnet${depth}`, 32, { ...cifarPlan(depth, "B"), filters });

/**
 * Seen small, for comparisons. From "resnet8-11px", `scaling` grows by eight: in depth, in width, in resolution (which is "resnet8"), and in
 * all three, by about the shares that EfficientNet gives them at φ = 3: depth 1.2³, width 1.1³, resolution 1.15³.
 */
const small: readonly Net[] = [
  ...[8, 32].flatMap((depth) => pair(depth).map((it) => seenAt(11, it))),
  ...[20, 56].flatMap((depth) => pair(depth).map((it) => seenAt(16, it))),
  ...[8, 20].map((depth) => seenAt(16, wider(depth, 16))),
  ...[8, 44].map((depth) => seenAt(11, wider(depth, 16))),
  seenAt(11, wider(8, 44), "-wide"),
  seenAt(16, wider(14, 22), "-wide"),
];

/** On CIFAR each depth also exists with the paper's own parameterless shortcuts ("resnet20a"), and from 20 layers without any. */
export const resnets: readonly Net[] = [
  ...([18, 34, 50] as const).map((depth) => net(`resnet${depth}`, 224, imagenetPlan(depth, "B"))),
  ...([18, 34] as const).map((depth) => plainTwin(`resnet${depth}`, `plain${depth}`, 224, imagenetPlan(depth, "none"))),
  ...[8, 14, 20, 32, 44, 56, 110].flatMap((depth) => [
    net(`resnet${depth}`, 32, cifarPlan(depth, "B")),
    net(`resnet${depth}a`, 32, cifarPlan(depth, "A")),
  ]),
  ...[20, 32, 44, 56].map((depth) => plainTwin(`resnet${depth}`, `plain${depth}`, 32, cifarPlan(depth, "none"))),
  ...small,
];
