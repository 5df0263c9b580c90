import { z } from "zod";
import { type CommandContext, type CommandGroup, command } from "../src/chat/command.ts";
import { viewerOf } from "../src/chat/request.ts";
import { UserError } from "../src/errors.ts";
import type { FileRef } from "../src/files.ts";
import { escapeText } from "../src/richText.ts";
import { classesField, classesIn, pictureCount, summary } from "./parts/labels.ts";
import { ago } from "./parts/requests.ts";

const MAX_LENGTH = 40;
/** As many pictures as fit into one message. */
const PICTURES = 16;
/** Classes shown as tiles; the others are only named. */
const TILES = 24;

/** A class in the group's own spelling, where there is one that differs only in capitals. */
const inGroupSpelling = async (context: CommandContext, typed: string): Promise<string> => {
  const wanted = typed.trim().replace(/\s+/g, " ");
  if (wanted.length === 0 || wanted.length > MAX_LENGTH)
    throw new UserError("bad_label", { got: typed.slice(0, 60), max: MAX_LENGTH });
  return (await classesIn(context)).find((it) => it.label.toLowerCase() === wanted.toLowerCase())?.label ?? wanted;
};

/** The same picture sent twice counts once. */
const distinct = (files: readonly FileRef[]): string[] => [...new Set(files.map((it) => it.blob))];

const add = command({
  name: "add",
  ko: "추가",
  about: { en: "Say which class your pictures show", ko: "사진에 클래스 붙이기" },
  message: { en: "Label", ko: "라벨 붙이기" },
  options: {
    class: {
      kind: "text",
      ko: "클래스",
      about: { en: "what the pictures show", ko: "사진 속 대상" },
      required: true,
      suggest: async (context) =>
        (await classesIn(context)).map(({ label, count }) => ({
          value: label,
          label: { en: `${label} (${pictureCount(count).en})`, ko: `${label} (${pictureCount(count).ko})` },
        })),
    },
    images: {
      kind: "images",
      ko: "사진",
      about: { en: `pictures of this class, up to ${PICTURES}`, ko: `이 클래스의 사진, 최대 ${PICTURES}장` },
      most: PICTURES,
      required: true,
    },
  },
  data: z.object({
    label: z.string().describe("the class as the group spells it"),
    classes: classesField,
  }),
  run: async (context, { class: typed, images }) => {
    const title = await inGroupSpelling(context, typed);
    const tiles = distinct(images).map((blob) => ({ blob, caption: title }));
    const subtitle = pictureCount(tiles.length)[context.lang];
    return { job: "album", input: { name: `label-${title}`, title, subtitle, tiles } };
  },
  answer: async (context, { class: typed, images }, { output: { picture } }) => {
    const { id, user, place, lang, store } = context;
    const [label, blobs] = [await inGroupSpelling(context, typed), distinct(images)];
    await store.labels.add({ request: id, groupId: place.group, userId: user.id, label }, blobs);
    const head = {
      en: `${pictureCount(blobs.length).en} labelled **${escapeText(label)}**.`,
      ko: `${pictureCount(blobs.length).ko}에 **${escapeText(label)}** 라벨을 붙였어요.`,
    }[lang];
    const { text, classes } = await summary(context, head);
    const undoLabel = { en: "↩ Undo", ko: "↩ 되돌리기" }[lang];
    const button = { label: undoLabel, command: "label undo", args: { id }, owner: user.id };
    return { text, pictures: [picture], buttons: [button], data: { label, classes } };
  },
});

const list = command({
  name: "list",
  ko: "목록",
  about: { en: "The classes so far, with a picture of each", ko: "지금까지의 클래스와 사진 보기" },
  options: {},
  data: z.object({ classes: classesField }),
  run: async (context) => {
    const { lang } = context;
    const classes = await classesIn(context);
    if (classes.length === 0) throw new UserError("no_labels", {});
    const total = pictureCount(classes.reduce((sum, it) => sum + it.count, 0))[lang];
    const input = {
      name: "labels",
      title: { en: "Our labelled pictures", ko: "우리가 라벨을 붙인 사진" }[lang],
      subtitle: { en: `${total} in ${classes.length} classes`, ko: `클래스 ${classes.length}개, ${total}` }[lang],
      tiles: classes.slice(0, TILES).map((it) => ({ blob: it.newest, caption: `${it.label}\n${pictureCount(it.count)[lang]}` })),
    };
    return { job: "album", input };
  },
  answer: async (context, _, { output: { picture } }) => {
    const { text, classes } = await summary(context, "");
    return { text, pictures: [picture], data: { classes } };
  },
});

const undo = command({
  name: "undo",
  ko: "되돌리기",
  about: { en: "Remove the labels that one of your requests added", ko: "내 요청 하나로 붙인 라벨을 되돌리기" },
  options: {
    id: {
      kind: "text",
      ko: "번호",
      about: { en: "the id of the request that added the labels", ko: "라벨을 붙인 요청의 번호" },
      required: true,
      suggest: async ({ store, place, user, now }) =>
        (await store.labels.addedBy(place.group, user.id)).map(({ request, label, count, at }) => ({
          value: request,
          label: {
            en: `${label}, ${pictureCount(count).en}, ${ago(at, now).en}`,
            ko: `${label}, ${pictureCount(count).ko}, ${ago(at, now).ko}`,
          },
        })),
    },
  },
  data: z.object({
    removed: z.int().describe("how many pictures lost the label"),
    classes: classesField,
  }),
  run: async (context, { id }) => {
    const removed = await context.store.labels.undo(id, viewerOf(context));
    const head = {
      en: removed === 0 ? "There is no label of yours to undo." : `Removed the label of ${pictureCount(removed).en}.`,
      ko: removed === 0 ? "되돌릴 라벨이 없어요." : `${pictureCount(removed).ko}의 라벨을 되돌렸어요.`,
    }[context.lang];
    const { text, classes } = await summary(context, head);
    return { text, data: { removed, classes } };
  },
});

/** Says what pictures show, shows what was said so far, undoes it. The data set `uploads` is made of it. */
export const label: CommandGroup = {
  name: "label",
  ko: "라벨",
  about: { en: "Say what your pictures show, for networks to learn from", ko: "사진에 클래스를 붙여 신경망이 배우게 하기" },
  subcommands: [add, list, undo],
  alone: list,
  otherwise: add,
};
