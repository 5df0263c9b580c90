import type { CommandContext } from "../../src/chat/command.ts";
import type { Choice } from "../../src/chat/options.ts";
import type { Model } from "../../src/store/models.ts";
import { chosen, installed, modelChoice } from "./models.ts";
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

/** The model that was named, or the most accurate one that learned from the same data, or else the best there is. */
export const teacherFor = async (context: CommandContext, data: string, name?: string): Promise<Model> => {
  if (name !== undefined) return chosen(context, name);
  const models = await installed(context);
  const ofData = models.filter(({ card }) => card.lineage?.["dataset"] === data);
  return ofData.sort((a, b) => (b.card.metrics?.accuracy ?? 0) - (a.card.metrics?.accuracy ?? 0))[0] ?? chosen(context);
};
