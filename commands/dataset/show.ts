import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { classesOf, type Labelled, splitClass } from "../../src/data/splitPictures.ts";
import { UserError } from "../../src/errors.ts";
import { escapeText } from "../../src/richText.ts";
import { ownData } from "../parts/data.ts";
import { datasetField, missingLine, pictureCount } from "../parts/labels.ts";

/** Classes that are drawn, and pictures of each. */
const ROWS = 20;
const PICTURES = 6;

const shownOf = (pictures: readonly Labelled[]) =>
  classesOf(pictures)
    .slice(0, ROWS)
    .map((it) => ({ ...it, pictures: it.pictures.slice(0, PICTURES) }));

/** A data set's classes with some pictures of each. */
export const show = command({
  name: "show",
  ko: "보기",
  about: { en: "The classes of a data set, with some pictures of each", ko: "데이터셋의 클래스와 사진 몇 장 보기" },
  options: { name: { ...ownData, ko: "이름" } },
  data: z.object({
    dataset: datasetField,
    by: z.string().nullable().describe("who made it; null for `uploads`, which every group has"),
    classes: z
      .array(z.object({ label: z.string(), train: z.int(), test: z.int() }))
      .describe("how many pictures of each class are in the training and in the test split"),
  }),
  run: async ({ id, store, place, lang }, { name = UPLOADS }) => {
    const pictures = await store.labels.list(place.group, { dataset: name, channel: place.channel });
    if (pictures.length === 0) throw new UserError("empty_dataset", { name });
    const all = classesOf(pictures);
    await store.datasets.shown(
      id,
      place.group,
      shownOf(pictures).flatMap((it) => it.pictures.map(({ blob }) => blob)),
    );
    const more = all.length - ROWS;
    const subtitle = {
      en: `${pictureCount(pictures.length).en} in ${all.length === 1 ? "1 class" : `${all.length} classes`}${more > 0 ? `, of which the first ${ROWS} are shown` : ""}`,
      ko: `클래스 ${all.length}개, ${pictureCount(pictures.length).ko}${more > 0 ? ` (처음 ${ROWS}개 클래스만 보여요)` : ""}`,
    }[lang];
    const countOf = (label: string) => {
      const own = all.find((it) => it.name === label)?.pictures ?? [];
      const test = splitClass(own).test.length;
      return { en: `${pictureCount(own.length).en}, ${test} to test with`, ko: `${own.length}장 (테스트용 ${test}장)` }[lang];
    };
    const classes = shownOf(pictures).map((it) => ({
      ...{ label: it.name, count: countOf(it.name) },
      blobs: it.pictures.map(({ blob }) => blob),
    }));
    return { job: "classes", input: { name, title: name, subtitle, classes } };
  },
  answer: async (context, { name = UPLOADS }, { output: { picture } }) => {
    const { store, place, lang } = context;
    const pictures = await store.labels.list(place.group, { dataset: name, channel: place.channel });
    const made = (await store.datasets.list(place.group, place.channel)).find((it) => it.name === name);
    const by = name === UPLOADS ? null : (made?.userName ?? "");
    const classes = classesOf(pictures).map(({ name: label, pictures: own }) => {
      const { train, test } = splitClass(own);
      return { label, train: train.length, test: test.length };
    });
    const maker = escapeText(by ?? "");
    const head = {
      en: `**${name}**${maker ? `, made by ${maker}` : ""}: ${pictureCount(pictures.length).en} in ${classes.length === 1 ? "1 class" : `${classes.length} classes`}.`,
      ko: `**${name}**${maker ? ` (만든 사람: ${maker})` : ""}: 클래스 ${classes.length}개, ${pictureCount(pictures.length).ko}.`,
    }[lang];
    const missing = missingLine(
      classes.map((it) => ({ count: it.train + it.test })),
      context,
    );
    const zip = {
      label: { en: "📦 Export as .zip", ko: "📦 .zip으로 내보내기" }[lang],
      command: "dataset export",
      args: { name },
    };
    return {
      text: [head, missing].filter((it) => it !== "").join("\n"),
      pictures: [picture],
      buttons: [zip],
      data: { dataset: name, by, classes },
    };
  },
});
