import { z } from "zod";
import type { CommandContext } from "../../src/chat/command.ts";
import { escapeText } from "../../src/richText.ts";

/** How many pictures, in words. */
export const pictureCount = (count: number) => ({ en: count === 1 ? "1 picture" : `${count} pictures`, ko: `사진 ${count}장` });

/** The data of all sub-commands of /label. */
export const classesField = z
  .array(z.object({ label: z.string(), count: z.int().describe("pictures that have this label now") }))
  .describe("all classes of the group, in alphabetical order");

/** The group's classes in alphabetical order, with the newest picture of each. */
export const classesIn = async ({
  store,
  place,
}: Pick<CommandContext, "store" | "place">): Promise<{ label: string; count: number; newest: string }[]> => {
  const list = await store.labels.list(place.group);
  return [...new Set(list.map((it) => it.label))].sort().map((label) => {
    const own = list.filter((it) => it.label === label);
    return { label, count: own.length, newest: own[0]?.blob ?? "" };
  });
};

/** A head line, the classes and their counts, and what is missing before a network can learn them. */
export const summary = async (
  context: CommandContext,
  head: string,
): Promise<{ text: string; classes: { label: string; count: number }[] }> => {
  const classes = (await classesIn(context)).map(({ label, count }) => ({ label, count }));
  const list = classes.map((it) => `**${escapeText(it.label)}** ${it.count}`).join(" · ");
  const ready = classes.length > 1 && classes.every((it) => it.count > 1);
  const more = {
    en: "A network can learn them once there are two classes with two pictures each; ten each make it interesting.",
    ko: "두 클래스에 두 장씩 있으면 신경망이 배울 수 있고, 열 장씩이면 더 재미있어요.",
  }[context.lang];
  return { text: [head, list, ready ? "" : more].filter((it) => it !== "").join("\n"), classes };
};
