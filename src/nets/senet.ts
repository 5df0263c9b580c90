import type { Builder } from "./builder.ts";
import type { FamilyCard, Net } from "./net.ts";
import { cifarPlan, imagenetPlan, residualFamilyOf } from "./resnet.ts";
import { seenAt } from "./seenSmall.ts";

const card: FamilyCard = {
  family: "senet",
  paper: {
    title: "Squeeze-and-Excitation Networks",
    authors: "Jie Hu, Li Shen, Samuel Albanie, Gang Sun, Enhua Wu",
    year: 2017,
    link: "https://arxiv.org/abs/1709.01507",
  },
  idea: {
    en: "Average each channel over the picture, and let two small dense layers decide how loud every channel is to be.",
    ko: "채널마다 그림 전체를 평균 낸 뒤, 작은 완전 연결 레이어 두 개가 채널별 가중치를 정해요.",
  },
  lesson: {
    en: "Knowing the whole picture helps local filters: SE-ResNet-50 has 6.62 % top-5 error, ResNet-50 7.48 % and the twice as costly ResNet-101 6.52 %, for 10 % more parameters and 0.3 % more arithmetic. Thin networks want a small reduction: with r = 16 a ResNet-20 gains nothing, with 4 to 8 it does.",
    ko: "국소 필터도 그림 전체를 알면 나아져요. top-5 오류율은 SE-ResNet-50이 6.62%, ResNet-50이 7.48%, 두 배 비싼 ResNet-101이 6.52%인데, 파라미터는 10%, 계산은 0.3%만 늘어요. 얇은 신경망은 축소 비율이 작아야 해요. ResNet-20은 r = 16이면 이득이 없고 4~8이면 있어요.",
  },
};

/** Squeeze and excite, with a hidden layer of channels / reduction units. */
const squeezeExcite =
  (reduction: number) =>
  <T>(b: Builder<T>, x: T): T =>
    b.within("attend", () => {
      const channels = b.shapeOf(x)[2] as number;
      const hidden = b.relu(b.dense(b.globalAveragePool(x), "squeeze", { units: channels / reduction }));
      return b.scaleChannels(x, b.sigmoid(b.dense(hidden, "excite", { units: channels })));
    });

const net = residualFamilyOf(card);

const cifar = (depth: number): Net => net(`se-resnet${depth}`, 32, { ...cifarPlan(depth, "B"), attend: squeezeExcite(8) });

/** r = 16 as the paper has it for ImageNet; 8 for the thin CIFAR networks, so hidden layers of 2, 4 and 8. */
export const senets: readonly Net[] = [
  net("se-resnet50", 224, { ...imagenetPlan(50, "B"), attend: squeezeExcite(16) }),
  ...[8, 20, 32, 56].map(cifar),
  seenAt(16, cifar(8)),
];
