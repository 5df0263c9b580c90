import type { CommandContext } from "../../src/chat/command.ts";
import type { Choice } from "../../src/chat/options.ts";
import { type DataSource, publishedNames, UPLOADS } from "../../src/data/dataSource.ts";
import { classesOf, demandClasses } from "../../src/data/splitPictures.ts";
import { UserError } from "../../src/errors.ts";
import { findName, nearestNames } from "../../src/models/names.ts";

/** Who asks, where from, and where data sets are kept. */
type Asking = Pick<CommandContext, "place"> & { store: Pick<CommandContext["store"], "labels" | "datasets"> };

/** The data sets of the group itself: its uploads, and those that peers made. */
const ownDataNames = async ({ store, place }: Asking): Promise<readonly string[]> => [
  UPLOADS,
  ...(await store.datasets.list(place.group, place.channel)).map((it) => it.name),
];

/** Every data set that can be learned from here, by its name. */
export const dataNames = async (context: Asking): Promise<readonly string[]> => [
  ...publishedNames,
  ...(await ownDataNames(context)),
];

const choiceOf = (value: string): Choice => ({
  value,
  label: value === UPLOADS ? { en: "uploads: our labelled pictures", ko: "uploads: 라벨을 붙인 사진" } : { en: value, ko: value },
});

/** Every data set that can be learned from here: those that everybody has, and the group's own. */
export const dataChoices = async (context: Asking): Promise<readonly Choice[]> => (await dataNames(context)).map(choiceOf);

/** The group's own data sets. */
const ownDataChoices = async (context: Asking): Promise<readonly Choice[]> => (await ownDataNames(context)).map(choiceOf);

/**
 * The pictures of a data set by its name, as a job is given them. With `unlabelled`, those of "uploads" that nobody has labelled come
 * along, whatever they are: a job leaves out what is no picture. Throws the UserError `unknown_data`.
 */
export const resolveData = async (
  context: Asking,
  typed: string,
  { unlabelled = false }: { unlabelled?: boolean } = {},
): Promise<DataSource> => {
  const { store, place } = context;
  const known = await dataNames(context);
  const name = findName(typed, known);
  if (name === undefined)
    throw new UserError("unknown_data", { name: typed, near: nearestNames(typed, known), known: [...known] });
  const published = publishedNames.find((it) => it === name);
  if (published) return { kind: "published", name: published };
  const pictures = await store.labels.list(place.group, { dataset: name, channel: place.channel });
  if (!unlabelled || name !== UPLOADS) return { kind: "pictures", name, pictures };
  const others = await store.datasets.unlabelled({ groupId: place.group, name }, place.channel);
  return { kind: "pictures", name, pictures: [...pictures, ...others.map((blob) => ({ blob, label: null }))] };
};

/** Refuses a data set of the group's from which nothing can be learned, before anything is queued: see `demandClasses`. */
export const demandLabels = (data: DataSource): void => {
  if (data.kind === "pictures") demandClasses(classesOf(data.pictures));
};

/** The data sets that peers of the group made. */
export const madeDataChoices = async (context: Asking): Promise<readonly Choice[]> =>
  (await ownDataChoices(context)).filter((it) => it.value !== UPLOADS);

/** Which of the group's data sets; "uploads" when left out. */
export const ownData = {
  kind: "choice",
  ko: "데이터",
  about: { en: "which data set; uploads when left out", ko: "데이터셋. 비우면 uploads" },
  among: (context: CommandContext) => ownDataChoices(context),
} as const;

/** What a data set is to be called. */
export const newData = {
  kind: "text",
  ko: "이름",
  about: { en: "its name: small letters, digits and dashes", ko: "이름: 영문 소문자, 숫자, 하이픈" },
  required: true,
} as const;
