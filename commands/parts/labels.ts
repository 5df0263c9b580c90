import { z } from "zod";
import type { CommandContext } from "../../src/chat/command.ts";
import { MAX_LABEL, UPLOADS } from "../../src/data/dataSource.ts";
import { classesOf, type Labelled } from "../../src/data/splitPictures.ts";
import { UserError } from "../../src/errors.ts";
import { escapeText } from "../../src/richText.ts";

/** How many pictures, in words. */
export const pictureCount = (count: number) => ({ en: count === 1 ? "1 picture" : `${count} pictures`, ko: `사진 ${count}장` });

/** So many classes are named in a message; a data set may have some hundred. */
const MOST_NAMED = 40;

/** The data of all sub-commands of /label. */
export const classesField = z
  .array(z.object({ label: z.string(), count: z.int().describe("pictures that have this label now") }))
  .describe("all classes of the data set, in alphabetical order");
export const datasetField = z.string().describe("the data set: `uploads`, or one that a peer made");

type Asking = Pick<CommandContext, "place"> & { store: Pick<CommandContext["store"], "labels"> };
interface Class {
  label: string;
  count: number;
  newest: string;
}

/** The classes of pictures that come newest first, in alphabetical order. */
export const classesAmong = (pictures: readonly Labelled[]): Class[] =>
  classesOf(pictures).map(({ name, pictures: own }) => ({ label: name, count: own.length, newest: own[0]?.blob ?? "" }));

/** The classes of one of the group's data sets in alphabetical order, with the newest picture of each. */
export const classesIn = async ({ store, place }: Asking, dataset: string = UPLOADS): Promise<Class[]> =>
  classesAmong(await store.labels.list(place.group, { dataset, channel: place.channel }));

/** The spelling that is used already of a name that may differ in capitals. */
export const inSpelling = (known: readonly string[], wanted: string): string =>
  known.find((it) => it.toLowerCase() === wanted.toLowerCase()) ?? wanted;

/** A class as the group spells it in a data set, where it has one that differs only in capitals. */
export const inGroupSpelling = async (context: Asking, dataset: string, typed: string): Promise<string> => {
  const wanted = typed.normalize("NFC").trim().replace(/\s+/g, " ");
  if (wanted.length === 0 || wanted.length > MAX_LABEL)
    throw new UserError("bad_label", { got: typed.slice(0, 60), max: MAX_LABEL });
  const known = (await classesIn(context, dataset)).map((it) => it.label);
  return inSpelling(known, wanted);
};

/** What is missing before a network can learn classes with so many pictures; empty when nothing is. */
export const missingLine = (classes: readonly { count: number }[], { lang }: Pick<CommandContext, "lang">): string =>
  classes.length > 1 && classes.every((it) => it.count > 1)
    ? ""
    : {
        en: "A network can learn them once there are two classes with two pictures each; ten each make it interesting.",
        ko: "두 클래스에 두 장씩이면 학습을 시작할 수 있어요. 클래스당 10장 이상을 권장해요.",
      }[lang];

/** A head line, the classes of a data set and their counts, and what is missing before a network can learn them. */
export const summary = async (
  context: CommandContext,
  head: string,
  dataset: string = UPLOADS,
): Promise<{ text: string; classes: { label: string; count: number }[] }> => {
  const classes = (await classesIn(context, dataset)).map(({ label, count }) => ({ label, count }));
  const named = classes.slice(0, MOST_NAMED).map((it) => `**${escapeText(it.label)}** ${it.count}`);
  const list = [...named, ...(classes.length > MOST_NAMED ? ["…"] : [])].join(" · ");
  const of = dataset === UPLOADS || list === "" ? "" : `${dataset}: `;
  return { text: [head, of + list, missingLine(classes, context)].filter((it) => it !== "").join("\n"), classes };
};
