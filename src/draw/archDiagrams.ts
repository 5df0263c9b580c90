import type { Family, Net } from "../nets/net.ts";
import type { Text } from "../text.ts";
import type { Sketch } from "./archSketch.ts";

interface Diagram {
  title: Text;
  /** Whose layers are shown: "stage1/block1". */
  block: string;
  flow: readonly Sketch[];
  /** What to look at. */
  caption: Text;
}

const same = (text: string): Text => ({ en: text, ko: text });
const step = (text: string): Sketch => ({ box: same(text), tone: "step" });
const input: Sketch = { port: { en: "input", ko: "입력" } };
const layer = (path: string): Sketch => ({ layer: path });
const pool = (size: number, word: Text = { en: "max pool", ko: "최대 풀링" }): Sketch => ({
  box: { en: `${size}×${size} ${word.en}`, ko: `${size}×${size} ${word.ko}` },
  tone: "pool",
});
const globalPool: Sketch = { box: { en: "average over the picture", ko: "그림 전체 평균" }, tone: "pool" };
const concatenate = { word: { en: "concatenate", ko: "채널 이어 붙이기" } };
const shortcut: Text = { en: "shortcut:\nthe input\nitself", ko: "스킵 연결:\n입력\n그대로" };
const squareConv = (kernel: number): Sketch => ({
  box: { en: `${kernel}×${kernel} conv`, ko: `${kernel}×${kernel} 합성곱` },
  note: same("C → C"),
  tone: "conv",
  kernel,
});
const gate = (squeeze: string, activation: string, excite: string): Sketch => ({
  inner: [globalPool, layer(squeeze), step(activation), layer(excite), step("sigmoid")],
  bypass: { join: "multiply", note: { en: "channels\nto scale", ko: "배율을\n곱할\n채널" } },
});
const weighed = {
  en: "The middle branch sees the whole picture and turns every channel up or down by a factor of 0 to 1.",
  ko: "안쪽 가지가 그림 전체를 보고 채널마다 0~1 사이의 배율을 곱해요.",
};

const basic: readonly Sketch[] = [layer("1/conv"), step("BN · ReLU"), layer("2/conv"), step("BN")];
const bottleneck: readonly Sketch[] = [
  layer("1/conv"),
  step("BN · ReLU"),
  layer("2/conv"),
  step("BN · ReLU"),
  layer("3/conv"),
  step("BN"),
];

const diagrams = {
  alexnet: {
    title: { en: "It begins with large windows", ko: "큰 커널로 시작해요" },
    block: "",
    flow: [
      { port: { en: "picture", ko: "그림" } },
      layer("conv1"),
      step("ReLU"),
      pool(3),
      layer("conv2"),
      step("ReLU"),
      pool(3),
      layer("conv3"),
      { port: { en: "two more 3×3, then three dense layers", ko: "3×3 두 레이어 더, 그다음 완전 연결 세 레이어" } },
    ],
    caption: {
      en: "The little squares are the window of one filter in pixels, all drawn at the same scale.",
      ko: "작은 격자는 필터 하나가 보는 픽셀 범위예요. 모두 같은 배율로 그렸어요.",
    },
  },
  vgg: {
    title: { en: "Three 3×3 instead of one 7×7", ko: "7×7 하나 대신 3×3 세 개" },
    block: "",
    flow: [
      {
        columns: [
          {
            head: { en: "27 C² weights", ko: "가중치 27 C²" },
            flow: [squareConv(3), step("ReLU"), squareConv(3), step("ReLU"), squareConv(3), step("ReLU")],
          },
          { head: { en: "49 C² weights", ko: "가중치 49 C²" }, flow: [squareConv(7), step("ReLU")] },
        ],
      },
    ],
    caption: {
      en: "Both see 7×7 pixels. The stack needs 45 % fewer weights and bends three times instead of once.",
      ko: "둘 다 7×7 픽셀을 봐요. 쌓은 쪽은 가중치가 45% 적고, 비선형이 한 번이 아니라 세 번 들어가요.",
    },
  },
  googlenet: {
    title: { en: "Inception module 3a", ko: "인셉션 모듈 3a" },
    block: "3a",
    flow: [
      input,
      {
        branches: [
          [layer("one/conv")],
          [layer("three/reduce/conv"), layer("three/conv")],
          [layer("five/reduce/conv"), layer("five/conv")],
          [pool(3), layer("pool/conv")],
        ],
        join: concatenate,
      },
    ],
    caption: {
      en: "1×1 convolutions make the stack thin before the costly windows. Batch norm and ReLU follow every convolution.",
      ko: "비싼 커널 앞에서 1×1 합성곱이 채널을 줄여요. 합성곱마다 배치 정규화와 ReLU가 뒤따라요.",
    },
  },
  googlenetUnreduced: {
    title: { en: "Inception module 3a without reductions", ko: "축소가 없는 인셉션 모듈 3a" },
    block: "3a",
    flow: [
      input,
      {
        branches: [[layer("one/conv")], [layer("three/conv")], [layer("five/conv")], [pool(3), layer("pool/conv")]],
        join: concatenate,
      },
    ],
    caption: {
      en: "Every window sees all channels, which is what the paper avoids. Batch norm and ReLU follow every convolution.",
      ko: "모든 커널이 채널 전부를 봐요. 논문은 이것을 피했어요. 합성곱마다 배치 정규화와 ReLU가 뒤따라요.",
    },
  },
  residual: {
    title: { en: "Residual block", ko: "잔차 블록" },
    block: "stage1/block1",
    flow: [input, { inner: basic, bypass: { join: "add", note: shortcut } }, step("ReLU")],
    caption: { en: "The block learns only what to add to its input.", ko: "블록은 입력에 더할 변화량만 배워요." },
  },
  bottleneck: {
    title: { en: "Bottleneck block", ko: "병목 블록" },
    block: "stage1/block2",
    flow: [input, { inner: bottleneck, bypass: { join: "add", note: shortcut } }, step("ReLU")],
    caption: {
      en: "Narrow, filter, widen again: the 3×3 works on a quarter of the channels.",
      ko: "줄이고, 거르고, 다시 넓혀요. 3×3은 채널의 4분의 1만 다뤄요.",
    },
  },
  plain: {
    title: { en: "Plain block: the twin without a shortcut", ko: "스킵 연결 없는 쌍둥이 블록" },
    block: "stage1/block1",
    flow: [input, { inner: basic, missing: { note: { en: "no shortcut", ko: "스킵 연결 없음" } } }, step("ReLU")],
    caption: {
      en: "Everything as in its ResNet twin, but each block must also carry its input through.",
      ko: "ResNet 쌍둥이와 모두 같지만, 블록이 입력까지 스스로 전달해야 해요.",
    },
  },
  densenet: {
    title: { en: "Dense block: its first two layers", ko: "Dense 블록의 첫 두 레이어" },
    block: "block1",
    flow: [
      input,
      ...[1, 2].map(
        (n): Sketch => ({
          inner: [step("BN · ReLU"), layer(`layer${n}/1/conv`), step("BN · ReLU"), layer(`layer${n}/2/conv`)],
          bypass: {
            join: concatenate,
            note: { en: "all earlier\nfeature maps", ko: "앞선 레이어의\n특징 맵\n모두" },
          },
        }),
      ),
      { port: { en: "and so on: the stack grows", ko: "이렇게 계속 두꺼워져요" } },
    ],
    caption: {
      en: "Nothing is added up: each layer lays a few new channels beside the old ones.",
      ko: "더하지 않고, 레이어마다 새 채널 몇 개를 옆에 이어 붙여요.",
    },
  },
  senet: {
    title: { en: "Residual block with an SE gate", ko: "SE 게이트가 달린 잔차 블록" },
    block: "stage1/block1",
    flow: [
      input,
      { inner: [...basic, gate("attend/squeeze", "ReLU", "attend/excite")], bypass: { join: "add", note: shortcut } },
      step("ReLU"),
    ],
    caption: weighed,
  },
  senetBottleneck: {
    title: { en: "Bottleneck block with an SE gate", ko: "SE 게이트가 달린 병목 블록" },
    block: "stage1/block2",
    flow: [
      input,
      { inner: [...bottleneck, gate("attend/squeeze", "ReLU", "attend/excite")], bypass: { join: "add", note: shortcut } },
      step("ReLU"),
    ],
    caption: weighed,
  },
  efficientnet: {
    title: { en: "MBConv block", ko: "MBConv 블록" },
    block: "stage2/block2",
    flow: [
      input,
      {
        inner: [
          layer("expand/conv"),
          step("BN · swish"),
          layer("depthwise/conv"),
          step("BN · swish"),
          gate("squeeze", "swish", "excite"),
          layer("project/conv"),
          step("BN"),
        ],
        bypass: { join: "add", note: shortcut },
      },
    ],
    caption: {
      en: "Widen, filter each channel by itself, weigh the channels, narrow again.",
      ko: "넓히고, 채널마다 따로 거르고, 채널별로 배율을 곱한 뒤 다시 줄여요.",
    },
  },
  airbench: {
    title: { en: "A first layer that is computed", ko: "계산해서 정하는 첫 레이어" },
    block: "",
    flow: [
      { port: { en: "picture", ko: "그림" } },
      layer("whiten"),
      step("GELU"),
      layer("group1/conv1"),
      pool(2),
      step("BN · GELU"),
      layer("group1/conv2"),
      step("BN · GELU"),
      { port: { en: "two more such groups of 256 channels", ko: "256채널짜리 그룹 두 개 더" } },
    ],
    caption: {
      en: "Dashed: 12 directions of 2×2 patches of the training pictures and their negatives, never trained. It takes the colours' correlation away.",
      ko: "점선 레이어: 학습 사진의 2×2 조각에서 구한 12개 방향과 그 반대 방향이에요. 학습하지 않고, 색의 상관관계를 없애요.",
    },
  },
} as const satisfies Readonly<Record<string, Diagram>>;

/** Which diagram shows what is characteristic of a network, by its family. */
const ofFamily: Readonly<Record<Family, (net: Net) => Diagram>> = {
  alexnet: () => diagrams.alexnet,
  vgg: () => diagrams.vgg,
  googlenet: ({ unreduced }) => (unreduced ? diagrams.googlenetUnreduced : diagrams.googlenet),
  resnet: ({ plainTwinOf, block }) =>
    plainTwinOf ? diagrams.plain : block === "bottleneck" ? diagrams.bottleneck : diagrams.residual,
  densenet: () => diagrams.densenet,
  senet: ({ block }) => (block === "bottleneck" ? diagrams.senetBottleneck : diagrams.senet),
  efficientnet: () => diagrams.efficientnet,
  airbench: () => diagrams.airbench,
};

/** The diagram of what is characteristic of a network. */
export const diagramOf = (net: Net): Diagram => ofFamily[net.family](net);
