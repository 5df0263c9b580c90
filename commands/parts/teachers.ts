import type { CommandContext } from "../../src/chat/command.ts";
import type { Choice } from "../../src/chat/options.ts";
import type { Model } from "../../src/store/models.ts";
import { chosen, installed, modelChoice, recipeOf } from "./models.ts";
import { runOptions } from "./runOptions.ts";

/** Models that could teach: those of the data set that was chosen come first. */
export const suggestTeachers = async (
  context: CommandContext,
  given: Readonly<Record<string, string>>,
): Promise<readonly Choice[]> => {
  const data = given["data"] ?? runOptions.data.default;
  const models = await installed(context);
  const isOfData = ({ card }: Model) => Number(card.lineage?.["dataset"] === data);
  return models.toSorted((a, b) => isOfData(b) - isOfData(a)).map(modelChoice);
};

/** How much less accurate than the best a teacher may be that learned without smoothed labels. */
const CLOSE = 0.05;
/** How smoothed the labels were that a model learned from: those that ship say so in their recipe, and runs smooth none. */
const smoothingOf = (model: Model): number => recipeOf(model)?.labelSmoothing ?? 0;
const accuracyOf = ({ card }: Model): number => card.metrics?.accuracy ?? 0;

/**
 * The model that was named, or a good one that learned from the same data: among those about as accurate as the best, the one whose labels were
 * smoothed least, since smoothing takes out of a teacher's outputs what students learn from (Müller, Kornblith & Hinton 2019; docs/LOG.md).
 * Where none learned from that data, the best there is.
 */
export const teacherFor = async (context: CommandContext, data: string, name?: string): Promise<Model> => {
  if (name !== undefined) return chosen(context, name);
  const models = await installed(context);
  const ofData = models.filter(({ card }) => card.lineage?.["dataset"] === data);
  const best = Math.max(0, ...ofData.map(accuracyOf));
  const close = ofData.filter((it) => accuracyOf(it) > best - CLOSE);
  return close.sort((a, b) => smoothingOf(a) - smoothingOf(b) || accuracyOf(b) - accuracyOf(a))[0] ?? chosen(context);
};
