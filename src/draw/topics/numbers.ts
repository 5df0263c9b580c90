import { group, subheading } from "../blocks.ts";
import { barList } from "../diagramParts.ts";
import { series, theme } from "../theme.ts";
import type { TopicDiagram } from "./topicDiagram.ts";

const [PLAIN, SHORTCUTS] = [theme.warn, series[0]];

/** Top-1 errors on ImageNet's validation pictures in per cent (He et al. 2016, Table 2). */
const errors = { plain: [27.94, 28.54], resnet: [27.88, 25.03] } as const;
const depths = [18, 34] as const;

/** Without shortcuts more layers make the error larger, with them smaller. */
export const degradation: TopicDiagram = (lang) => {
  const layers = (count: number) => ({ en: `${count} layers`, ko: `${count}층` })[lang];
  const bars = (values: readonly number[], colour: string) =>
    barList(
      values.map((value, i) => ({ name: layers(depths[i] ?? 0), figure: `${value.toFixed(2)} %`, share: value / 30, colour })),
    );
  return {
    title: { en: "Deeper, and worse, unless there is a shortcut", ko: "깊어지면 나빠져요, 스킵 연결이 없으면" }[lang],
    subtitle: { en: "Top-1 error on ImageNet, He et al. 2016, Table 2", ko: "ImageNet top-1 오류율, He 외 2016, Table 2" }[lang],
    blocks: [
      group([subheading({ en: "Plain network", ko: "스킵 연결이 없는 신경망" }[lang]), bars(errors.plain, PLAIN)], 20),
      group(
        [
          subheading({ en: "The same layers with shortcuts: ResNet", ko: "같은 레이어에 스킵 연결: ResNet" }[lang]),
          bars(errors.resnet, SHORTCUTS),
        ],
        20,
      ),
    ],
    caption: {
      en: "The added layers could copy their input, so a solution as good as the shallow one exists. Training does not find it; with y = F(x) + x it only has to find F = 0.",
      ko: "더한 레이어가 입력을 그대로 넘기면 얕은 신경망만큼은 좋아야 하는데, 학습이 그 해를 찾지 못해요. y = F(x) + x라면 F = 0만 찾으면 돼요.",
    }[lang],
  };
};

/** Multiply-adds of a 5x5 convolution in GoogLeNet's module 3a: height, width, channels in, reduced, out. */
const module3a = { side: 28, input: 192, reduced: 16, output: 32, kernel: 5 } as const;

/** A 5x5 convolution at once, and behind a 1x1 convolution that leaves it fewer channels. */
export const oneByOne: TopicDiagram = (lang) => {
  const { side, input, reduced, output, kernel } = module3a;
  const pixels = side * side;
  const direct = pixels * input * output * kernel ** 2;
  const first = pixels * input * reduced;
  const second = pixels * reduced * output * kernel ** 2;
  const millions = (count: number) => `${(count / 1e6).toFixed(1)} M`;
  return {
    title: { en: "What a 1×1 convolution saves", ko: "1×1 합성곱이 아끼는 것" }[lang],
    subtitle: {
      en: `Multiply-adds on ${side}×${side} pixels, ${input} channels in, ${output} out (GoogLeNet, module 3a)`,
      ko: `${side}×${side}픽셀, 입력 ${input}채널, 출력 ${output}채널의 연산량, MACs (GoogLeNet, 모듈 3a)`,
    }[lang],
    blocks: [
      group(
        [
          subheading({ en: "Directly", ko: "바로" }[lang]),
          barList([{ name: `5×5: ${input} → ${output}`, figure: millions(direct), share: 1, colour: PLAIN }]),
        ],
        20,
      ),
      group(
        [
          subheading({ en: `Reduced to ${reduced} channels first`, ko: `먼저 ${reduced}채널로 줄여서` }[lang]),
          barList([
            { name: `1×1: ${input} → ${reduced}`, figure: millions(first), share: first / direct, colour: SHORTCUTS },
            { name: `5×5: ${reduced} → ${output}`, figure: millions(second), share: second / direct, colour: SHORTCUTS },
          ]),
        ],
        20,
      ),
    ],
    caption: {
      en: `Together ${millions(first + second)}: ${(direct / (first + second)).toFixed(1)} times less. The price is a bottleneck of ${reduced} channels.`,
      ko: `합쳐서 ${millions(first + second)}, ${(direct / (first + second)).toFixed(1)}배 적어요. 대신 ${reduced}채널의 병목이 생겨요.`,
    }[lang],
  };
};

/** Sizes of search spaces as powers of ten (Cubuk et al. 2020, Table 1). */
const spaces = [
  ["Population Based Augmentation", 61],
  ["AutoAugment", 32],
  ["Fast AutoAugment", 32],
  ["RandAugment", 2],
] as const;
const exponents: Readonly<Record<number, string>> = { 61: "10⁶¹", 32: "10³²", 2: "10²" };

/** How much there is to search, on a logarithmic scale. */
export const policySearch: TopicDiagram = (lang) => ({
  title: { en: "How many policies there are to try", ko: "시험해 볼 정책의 수" }[lang],
  subtitle: {
    en: "Size of the search space, log scale (RandAugment, Table 1)",
    ko: "탐색 공간의 크기, 로그 스케일 (RandAugment, Table 1)",
  }[lang],
  blocks: [
    barList(
      spaces.map(([name, power]) => ({
        ...{ name, figure: exponents[power] ?? "", share: power / 61 },
        colour: name === "RandAugment" ? SHORTCUTS : theme.accentPale,
      })),
    ),
  ],
  caption: {
    en: "Two numbers remain: N operations for each picture, all of strength M. A small grid covers them, and it can be run with the real network on the real data.",
    ko: "남는 것은 숫자 둘이에요. 사진마다 연산 N개, 모두 강도 M. 작은 격자로 충분하고, 실제 신경망과 데이터로 바로 돌려 볼 수 있어요.",
  }[lang],
});
