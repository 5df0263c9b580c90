import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { classesOf, drawSplit, splitClass } from "../../src/data/splitPictures.ts";
import { UserError } from "../../src/errors.ts";
import { percent } from "../../src/numbers.ts";
import { tableIn } from "../../src/table.ts";
import { ownData } from "../parts/data.ts";
import { datasetField } from "../parts/labels.ts";

/** Decides which pictures are trained on, and which tested with. */
export const split = command({
  name: "split",
  ko: "나누기",
  about: { en: "Draw which pictures of a data set are tested with", ko: "데이터셋에서 테스트용 사진을 골라 나누기" },
  options: {
    name: { ...ownData, ko: "이름" },
    test: {
      kind: "number",
      ko: "테스트",
      about: {
        en: "share of each class to test with, in percent; left out, each picture's hash decides again",
        ko: "클래스마다 테스트에 쓸 비율(%). 비우면 다시 사진의 해시로 나눠요",
      },
      min: 1,
      max: 90,
    },
    seed: {
      kind: "number",
      ko: "시드",
      about: { en: "the same number gives the same split", ko: "같은 숫자를 넣으면 똑같이 나눠요" },
      min: 0,
      max: 2147483647,
      whole: true,
      default: 1,
    },
  },
  data: z.object({
    dataset: datasetField,
    seed: z.int().nullable().describe("null where each picture's hash decides"),
    classes: z.array(z.object({ label: z.string(), train: z.int(), test: z.int() })),
  }),
  run: async ({ store, place, lang }, { name = UPLOADS, test, seed }) => {
    const looking = { dataset: name, channel: place.channel };
    const before = await store.labels.list(place.group, looking);
    if (before.length === 0) throw new UserError("empty_dataset", { name });
    const splits = test === undefined ? ("by hash" as const) : drawSplit(before, { share: test / 100, seed });
    await store.labels.putInSplits({ groupId: place.group, dataset: name }, splits);
    const classes = classesOf(await store.labels.list(place.group, looking)).map(({ name: label, pictures }) => {
      const sides = splitClass(pictures);
      return { label, train: sides.train.length, test: sides.test.length };
    });
    const table = tableIn(
      lang,
      [
        { en: "Class", ko: "클래스" },
        { en: "Training", ko: "학습", right: true },
        { en: "Test", ko: "테스트", right: true },
      ],
      classes.map((it) => [it.label, String(it.train), String(it.test)]),
    );
    const share = percent((test ?? 0) / 100);
    const text =
      test === undefined
        ? {
            en: `**${name}** is split by the pictures' hashes again: of each class a fifth to test with, and what is added later finds its side by itself.`,
            ko: `**${name}** 데이터셋을 다시 사진의 해시로 나눴어요. 클래스마다 5분의 1이 테스트용이고, 나중에 더한 사진도 저절로 나뉘어요.`,
          }[lang]
        : {
            en: `**${name}**: ${share} of each class to test with, drawn with seed ${seed}. Pictures that are added later are split by their hashes.`,
            ko: `**${name}** 데이터셋: 클래스마다 ${share}를 테스트용으로 골랐어요(시드 ${seed}). 나중에 더한 사진은 해시로 나뉘어요.`,
          }[lang];
    return { text, table, data: { dataset: name, seed: test === undefined ? null : seed, classes } };
  },
});
