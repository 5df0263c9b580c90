import sharp from "sharp";
import type { Language } from "../../../src/text.ts";
import { landscape } from "../pictures.ts";
import type { ExamPeer, Seen } from "./driver.ts";

/** A group of five, and the language that each reads. */
export const members = {
  mina: { name: "Mina", lang: "en" },
  jun: { name: "Jun", lang: "en" },
  ada: { name: "Ada Okafor", lang: "en" },
  haneul: { name: "하늘", lang: "ko" },
  leo: { name: "*Leo* [x](y)", lang: "en" },
} as const satisfies Record<string, { name: string; lang: Language }>;
export type Group = Record<keyof typeof members, ExamPeer>;

/** The day on which nobody does anything. */
export const EMPTY_DAY = 3;
/** What is discussed and reviewed on each day. */
const discussed = [
  "is a horizontal flip safe for digits? no: 2 and 5 turn into something else",
  "does CutMix help with so few pictures? Ada thinks it hides what matters",
  "why does the student agree with its teacher even where both are wrong",
  "",
  "brightness differs between our phones: that is a bias of its own",
  "pseudo-labels of a weak teacher repeat its mistakes",
  "one seed says nothing about one point",
];
const reviewed = [
  "데이터 편향: 밝은 사진만 모으면 어두운 사진을 못 알아본다",
  "온도 T가 높을수록 소프트 라벨이 부드러워진다 $$p_i = \\frac{e^{z_i/T}}{\\sum_j e^{z_j/T}}$$",
  "ResNet의 지름길은 항등 함수를 쉽게 배우게 한다 $$y = F(x) + x$$",
  "",
  "SENet은 채널마다 중요도를 곱한다",
  "EfficientNet은 깊이, 너비, 해상도를 함께 키운다",
  "DenseNet은 앞 층의 특징 맵을 모두 이어 붙인다",
];
const operations = ["rotate", "flip", "brightness", "crop"];
const sizes = [
  [640, 480],
  [480, 640],
  [700, 400],
  [500, 500],
  [640, 360],
] as const;

/** The group's pictures: the same hills in other colours and shapes. */
export const hills = (): Promise<File[]> =>
  Promise.all(
    sizes.map(async ([width, height], i) => {
      const bytes = await sharp(await landscape(width, height))
        .modulate({ hue: 70 * i })
        .jpeg()
        .toBuffer();
      return new File([new Uint8Array(bytes)], `hills-${i}.jpg`, { type: "image/jpeg" });
    }),
  );

/** Asks, and gives the answer; one that went wrong is an error. */
export const ask = async (peer: ExamPeer, input: string, files: readonly File[] = []): Promise<Seen> => {
  const answer = await peer.answer(await peer.send({ input, files }));
  if (answer.status !== "done") throw new Error(`${input}: ${answer.text}`);
  return answer;
};

/** What the group does on a day, from 0; the last day's recaps tell of it. */
export const live = async ({ mina, jun, ada, haneul, leo }: Group, day: number, photos: readonly File[]): Promise<void> => {
  if (day === EMPTY_DAY) return;
  const [photo, other] = [photos[day % 5] as File, photos[(day + 1) % 5] as File];
  await ask(mina, `/augment op:${operations[day % 4]} n:4`, [photo]);
  await ask(jun, `/note add kind:peer text:"${discussed[day]}"`);
  await ask(haneul, `/note add kind:review text:"${reviewed[day]}"`);
  if (day === 0) {
    await ask(jun, "/train seeds:2");
    await ask(ada, "/cutmix", [photo, other]);
    await ask(leo, "/arch net:resnet8");
  }
  if (day === 1) {
    const distilled = await ask(
      ada,
      '/distill teacher:resnet20.shapes student:resnet8 hypothesis:"T=8 beats T=2 with 10 labels a class"',
    );
    const refute = distilled.buttons.findIndex((it) => it.includes("❌"));
    for (const peer of [jun, mina, haneul]) await peer.answer(await peer.press(distilled, refute));
    await ask(ada, '/note add kind:trouble text:"my student stops at 40 %: the learning rate was ten times too high"');
    await ask(ada, `/hypotheses close id:${distilled.request?.slice(0, 8)}`);
  }
  if (day === 2) {
    await ask(leo, "/classify model:resnet20.shapes", [photo]);
    await ask(leo, '/note add kind:retro text:"measure with three seeds before believing a gain of one point"', [photo]);
  }
  if (day === 5) await ask(haneul, "/train net:resnet20 seeds:1");
};
