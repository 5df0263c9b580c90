import { z } from "zod";
import { type CommandContext, command } from "../../src/chat/command.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import type { FileRef } from "../../src/files.ts";
import type { Button } from "../../src/reply.ts";
import { escapeText } from "../../src/richText.ts";
import type { Earlier } from "../../src/store/labels.ts";
import { ownData } from "../parts/data.ts";
import { earlierLines, keptAmong } from "../parts/earlierLabels.ts";
import { classesField, classesIn, datasetField, inGroupSpelling, pictureCount, summary } from "../parts/labels.ts";
import { existingOption } from "../parts/options.ts";
import { undoButton } from "../parts/replies.ts";

/** As many pictures as fit into one message. */
const PICTURES = 16;

/** The same picture sent twice counts once. */
const distinct = (files: readonly FileRef[]): FileRef[] => [...new Map(files.map((it) => [it.blob, it])).values()];

/** To give the pictures that have another class this one after all, or to leave them as they are. */
const choose = (
  { lang, user }: Pick<CommandContext, "lang" | "user">,
  { label, data, images }: { label: string; data: string; images: readonly FileRef[] },
  earlier: readonly Earlier[],
): Button[] => {
  const had = [...new Set(earlier.map((it) => it.label))];
  const kept = had.length === 1 ? ` ${had[0]}` : "";
  const labels = {
    replace: { en: `Change to ${label}`, ko: `라벨 바꾸기: ${label}` },
    keep: { en: `Keep${kept}`, ko: had.length === 1 ? `${had[0]} 그대로 두기` : "그대로 두기" },
  };
  const args = { class: label, images: images.filter((it) => earlier.some(({ blob }) => blob === it.blob)), data };
  return (["replace", "keep"] as const).map((existing) => ({
    label: labels[existing][lang],
    command: "label add",
    args: { ...args, existing },
    owner: user.id,
  }));
};

/** Says which class pictures show. One that has another class already keeps it until somebody chooses to change it. */
export const add = command({
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
      suggest: async (context, { data = UPLOADS }) =>
        (await classesIn(context, data)).map(({ label, count }) => ({
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
    data: ownData,
    existing: existingOption,
  },
  data: z.object({
    label: z.string().describe("the class as the group spells it"),
    dataset: datasetField,
    kept: z
      .array(
        z.object({
          picture: z.int().describe("which of the given pictures, from 1"),
          label: z.string(),
          by: z.string().describe("who gave it"),
        }),
      )
      .describe("pictures that had another class, which they keep unless `existing:replace`"),
    classes: classesField,
  }),
  run: async (context, { class: typed, images, data = UPLOADS, existing }) => {
    const { id, place, lang, store } = context;
    const title = await inGroupSpelling(context, data, typed);
    const said = distinct(images).map(({ blob }) => ({ blob, label: title }));
    const where = { request: id, groupId: place.group, dataset: data, channel: place.channel };
    const earlier = await store.labels.contradicted(where, said);
    if (existing === "keep" && earlier.length === said.length)
      return describe(context, { label: title, data, images, existing }, earlier);
    const had = (blob: string) => (existing === "replace" ? undefined : earlier.find((it) => it.blob === blob));
    const captions = said.map(({ blob }) => {
      const before = had(blob);
      return before ? `${before.label}\n${before.userName}` : title;
    });
    const tiles = said.map(({ blob }, n) => ({ blob, caption: captions[n] ?? title }));
    return { job: "album", input: { name: `label-${title}`, title, subtitle: pictureCount(tiles.length)[lang], tiles } };
  },
  answer: async (context, { class: typed, images, data = UPLOADS, existing }, { output: { picture } }) => {
    const { id, user, place, store } = context;
    const label = await inGroupSpelling(context, data, typed);
    const saying = { request: id, groupId: place.group, dataset: data, userId: user.id };
    const manner = { channel: place.channel, replace: existing === "replace" };
    const said = distinct(images).map(({ blob }) => ({ blob, label }));
    const earlier = await store.labels.add({ ...saying, ...manner }, said);
    return { ...(await describe(context, { label, data, images, existing }, earlier)), pictures: [picture] };
  },
});

/** What became of each picture, and what may be done about those that had another class. */
async function describe(
  context: CommandContext,
  { label, data, images, existing }: { label: string; data: string; images: readonly FileRef[]; existing: string | undefined },
  earlier: readonly Earlier[],
) {
  const { id, lang } = context;
  const given = distinct(images);
  const replaced = existing === "replace";
  const labelled = given.length - (replaced ? 0 : earlier.length);
  const kept = keptAmong(
    given.map((it) => it.blob),
    earlier,
  );
  const head = {
    en: `${pictureCount(labelled).en} labelled **${escapeText(label)}**.`,
    ko: `${pictureCount(labelled).ko}에 **${escapeText(label)}** 라벨을 붙였어요.`,
  }[lang];
  const lines = [...(labelled > 0 ? [head] : []), ...earlierLines(kept, { of: given.length, replaced }, context)];
  const { text, classes } = await summary(context, lines.join("\n"), data);
  const buttons = [
    ...(labelled > 0 ? [undoButton(context, id)] : []),
    ...(existing === undefined && earlier.length > 0 ? choose(context, { label, data, images: given }, earlier) : []),
  ];
  return { text, buttons, data: { label, dataset: data, kept, classes } };
}
