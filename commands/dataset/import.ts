import { z } from "zod";
import { command } from "../../src/chat/command.ts";
import { MAX_CLASSES, MAX_PICTURES, UPLOADS } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";
import { skippedReasons } from "../../src/jobs/contracts/importPictures.ts";
import { escapeText } from "../../src/richText.ts";
import type { Earlier } from "../../src/store/labels.ts";
import type { Language } from "../../src/text.ts";
import { madeDataChoices, newData } from "../parts/data.ts";
import { makeDataset, newDatasetName } from "../parts/datasets.ts";
import { classesField, classesIn, datasetField, inSpelling, pictureCount, summary } from "../parts/labels.ts";
import { existingOption } from "../parts/options.ts";
import { undoButton } from "../parts/replies.ts";
import { skippedLine } from "../parts/skipped.ts";

const nameOf = (typed: string): string => (typed.trim().toLowerCase() === UPLOADS ? UPLOADS : newDatasetName(typed));

/** The pictures that had another class before, and who gave it. */
const earlierLine = (earlier: readonly Earlier[], replaced: boolean, lang: Language): string[] => {
  if (earlier.length === 0) return [];
  const by = [...new Set(earlier.map((it) => it.userName))].filter((it) => it !== "").map(escapeText);
  const who = by.slice(0, 3).join(", ") + (by.length > 3 ? ", …" : "");
  const en = replaced
    ? `${pictureCount(earlier.length).en} had another class before, given by ${who}.`
    : `${pictureCount(earlier.length).en} had another class already, given by ${who}, and ${earlier.length === 1 ? "keeps" : "keep"} it.`;
  const ko = replaced
    ? `${pictureCount(earlier.length).ko}에는 전에 다른 클래스가 있었어요(붙인 사람: ${who}).`
    : `${pictureCount(earlier.length).ko}에는 이미 다른 클래스가 있어서 그대로 뒀어요(붙인 사람: ${who}).`;
  return [{ en, ko }[lang]];
};

/** Fills a data set from a zip of class folders, and makes the data set where there is none of that name. */
export const importZip = command({
  name: "import",
  ko: "가져오기",
  about: { en: "Fill a data set from a .zip of class folders", ko: "클래스 폴더가 담긴 .zip으로 데이터셋 채우기" },
  options: {
    name: { ...newData, suggest: madeDataChoices },
    file: {
      kind: "file",
      ko: "파일",
      about: {
        en: "a .zip with a folder for each class: cat/1.jpg, dog/1.jpg",
        ko: "클래스마다 폴더가 있는 .zip: 고양이/1.jpg, 강아지/1.jpg",
      },
      endings: [".zip"],
      required: true,
    },
    existing: existingOption,
  },
  data: z.object({
    dataset: datasetField,
    added: z.int().describe("pictures that have the class of their folder now"),
    kept: z.int().describe("pictures that had another class, which they keep unless `existing:replace`"),
    skipped: z.partialRecord(z.enum(skippedReasons), z.int()).describe("files that were left out, by the reason"),
    classes: classesField,
  }),
  run: async ({ store, place }, { name: typed, file }) => {
    const name = nameOf(typed);
    const { pictures = 0 } = (await store.labels.counts(place.group, place.channel)).get(name) ?? {};
    return { job: "importPictures", input: { zip: file, most: MAX_PICTURES - pictures } };
  },
  answer: async (context, { name: typed, file, existing }, { output }) => {
    const { id, store, place, user, lang } = context;
    const name = nameOf(typed);
    const isThere = (await store.datasets.list(place.group, place.channel)).some((it) => it.name === name);
    if (name !== UPLOADS && !isThere) await makeDataset(context, name);
    const known = (await classesIn(context, name)).map((it) => it.label);
    const pictures = output.pictures.map((it) => ({ ...it, label: inSpelling(known, it.label) }));
    const all = new Set([...known, ...pictures.map((it) => it.label)]);
    if (all.size > MAX_CLASSES) throw new UserError("too_many_classes", { got: all.size, most: MAX_CLASSES });
    const replace = existing === "replace";
    const saying = { request: id, groupId: place.group, dataset: name, userId: user.id };
    const earlier = await store.labels.add({ ...saying, channel: place.channel, replace, imported: true }, pictures);
    const [kept, added] = replace ? [0, pictures.length] : [earlier.length, pictures.length - earlier.length];
    const head = {
      en: `${pictureCount(added).en} added to **${name}**.`,
      ko: `**${name}** 데이터셋에 ${pictureCount(added).ko}을 넣었어요.`,
    }[lang];
    const lines = [head, ...earlierLine(earlier, replace, lang), ...skippedLine(output.skipped, lang)];
    const { text, classes } = await summary(context, lines.join("\n"), name);
    const show = { label: { en: "🖼 Show", ko: "🖼 보기" }[lang], command: "dataset show", args: { name } };
    const change = {
      ...{ label: { en: "Change their classes", ko: "클래스 바꾸기" }[lang], command: "dataset import", owner: user.id },
      args: { name, file, existing: "replace" },
    };
    return {
      text,
      buttons: [show, ...(added > 0 ? [undoButton(context, id)] : []), ...(kept > 0 && existing === undefined ? [change] : [])],
      data: { dataset: name, added, kept, skipped: output.skipped, classes },
    };
  },
});
