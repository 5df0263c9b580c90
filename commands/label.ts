import { type CommandContext, command } from "../src/chat/command.ts";
import { UserError } from "../src/errors.ts";
import type { FileRef } from "../src/files.ts";
import type { Reply } from "../src/reply.ts";

const MAX_LENGTH = 40;
/** As many pictures as fit into one message. */
const PICTURES = 16;
/** Classes shown as tiles; the others are only named. */
const TILES = 24;

const pictures = (count: number) => ({ en: count === 1 ? "1 picture" : `${count} pictures`, ko: `사진 ${count}장` });

/** The group's classes in alphabetical order, with the newest picture of each. */
const classesIn = async ({ store, place }: CommandContext): Promise<{ label: string; count: number; newest: string }[]> => {
  const list = await store.labels.list(place.group);
  return [...new Set(list.map((it) => it.label))].sort().map((label) => {
    const own = list.filter((it) => it.label === label);
    return { label, count: own.length, newest: own[0]?.blob ?? "" };
  });
};

/** A class in the group's own spelling, where there is one that differs only in capitals. */
const spelt = async (context: CommandContext, typed: string): Promise<string> => {
  const wanted = typed.trim().replace(/\s+/g, " ");
  if (wanted.length === 0 || wanted.length > MAX_LENGTH)
    throw new UserError("bad_label", { got: typed.slice(0, 60), max: MAX_LENGTH });
  return (await classesIn(context)).find((it) => it.label.toLowerCase() === wanted.toLowerCase())?.label ?? wanted;
};

/** A head line, the classes and their counts, and what is missing before a network can learn them. */
const standing = async (
  context: CommandContext,
  head: string,
): Promise<{ text: string; classes: { label: string; count: number }[] }> => {
  const classes = (await classesIn(context)).map(({ label, count }) => ({ label, count }));
  const list = classes.map((it) => `**${it.label}** ${it.count}`).join(" · ");
  const ready = classes.length > 1 && classes.every((it) => it.count > 1);
  const more = {
    en: "A network can learn them from two classes of two pictures on; ten each make it interesting.",
    ko: "두 클래스에 두 장씩 있으면 신경망이 배울 수 있고, 열 장씩이면 더 재미있어요.",
  }[context.lang];
  return { text: [head, list, ready ? "" : more].filter((it) => it !== "").join("\n"), classes };
};

const undone = async (context: CommandContext, request: string): Promise<Reply> => {
  const count = await context.store.labels.undo(request, context.user.id);
  const head = {
    en: count === 0 ? "There is no label of yours to take back." : `Took back the label of ${pictures(count).en}.`,
    ko: count === 0 ? "되돌릴 라벨이 없어요." : `${pictures(count).ko}의 라벨을 되돌렸어요.`,
  }[context.lang];
  const { text, classes } = await standing(context, head);
  return { text, data: { undone: count, classes } };
};

const album = async (context: CommandContext) => {
  const { lang } = context;
  const classes = await classesIn(context);
  if (classes.length === 0) throw new UserError("no_labels", {});
  const total = pictures(classes.reduce((sum, it) => sum + it.count, 0))[lang];
  return {
    name: "labels",
    title: { en: "What we labelled", ko: "우리가 라벨을 붙인 사진" }[lang],
    subtitle: { en: `${total} in ${classes.length} classes`, ko: `클래스 ${classes.length}개, ${total}` }[lang],
    tiles: classes.slice(0, TILES).map((it) => ({ blob: it.newest, caption: `${it.label}\n${pictures(it.count)[lang]}` })),
  };
};

/** The same picture sent twice counts once. */
const distinct = (files: readonly FileRef[]): string[] => [...new Set(files.map((it) => it.blob))];

const about = {
  en: "what the pictures show; when left out, I show what is labelled",
  ko: "사진 속 대상. 비우면 지금까지 붙인 라벨을 보여 줘요",
};

/** Says what pictures show, shows what was said so far, takes it back. The data set `uploads` is made of it. */
export const label = command({
  name: "label",
  ko: "라벨",
  about: { en: "Say what your pictures show, for networks to learn from", ko: "사진에 클래스를 붙여 신경망이 배우게 하기" },
  options: {
    class: { kind: "text", ko: "클래스", about },
    images: {
      kind: "images",
      ko: "사진",
      about: { en: `pictures of this class, up to ${PICTURES}`, ko: `이 클래스의 사진, 최대 ${PICTURES}장` },
      most: PICTURES,
    },
    undo: {
      kind: "text",
      ko: "되돌리기",
      about: { en: "the id of the request whose labels you take back", ko: "라벨을 되돌릴 요청의 번호" },
    },
  },
  run: async (context, { class: typed, images = [], undo }) => {
    if (undo !== undefined) return undone(context, undo);
    if (typed === undefined) {
      if (images.length > 0) throw new UserError("missing_option", { name: "class", about });
      return { job: "album", input: await album(context) };
    }
    if (images.length === 0) throw new UserError("missing_image", { wanted: 1 });
    const title = await spelt(context, typed);
    const tiles = distinct(images).map((blob) => ({ blob, caption: title }));
    return { job: "album", input: { name: `label-${title}`, title, subtitle: pictures(tiles.length)[context.lang], tiles } };
  },
  answer: async (context, { class: typed, images = [] }, { output: { picture } }) => {
    if (typed === undefined) {
      const { text, classes } = await standing(context, "");
      return { text, pictures: [picture], data: { classes } };
    }
    const { id, user, place, lang, store } = context;
    const [name, blobs] = [await spelt(context, typed), distinct(images)];
    await store.labels.add({ request: id, groupId: place.group, userId: user.id, label: name }, blobs);
    const head = {
      en: `${pictures(blobs.length).en} labelled **${name}**.`,
      ko: `${pictures(blobs.length).ko}에 **${name}** 라벨을 붙였어요.`,
    }[lang];
    const { text, classes } = await standing(context, head);
    const undo = { label: { en: "↩ Undo", ko: "↩ 되돌리기" }[lang], command: "label", args: { undo: id } };
    return { text, pictures: [picture], buttons: [undo], data: { label: name, classes } };
  },
});
