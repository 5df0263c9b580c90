import type { CommandContext } from "../../src/chat/command.ts";
import type { ArgsOf } from "../../src/chat/options.ts";
import { UPLOADS } from "../../src/data/dataSource.ts";
import { UserError } from "../../src/errors.ts";
import { findNet } from "../../src/nets/index.ts";
import type { transferModes } from "../../src/runs/kinds/transfer.ts";
import type { PresetName } from "../../src/runs/presets.ts";
import type { Model } from "../../src/store/models.ts";
import { demandLabels, resolveData } from "./data.ts";
import { chosen, installed, isSetAside, isVouched } from "./models.ts";
import { commonSpec, runOptions } from "./runOptions.ts";

/** What /transfer was given; what is left out follows from the rest. */
interface Given extends Omit<ArgsOf<typeof runOptions>, "data"> {
  data?: string | undefined;
  model?: string | undefined;
  mode?: (typeof transferModes)[number] | undefined;
  /** As it was typed. */
  labels?: string | undefined;
  lr: number;
  backbone_lr: number;
}

const [MOST_LABELS, MOST_COUNTS] = [10_000, 6];
/** Labels a class that are compared where nobody says which: as many comparisons as there is time for. */
const countsFor: Readonly<Record<PresetName, readonly number[]>> = {
  taste: [10, 100],
  lesson: [10, 30, 100, 300],
  proper: [10, 30, 100, 300, 1000],
};

/** Whether all of a model can be trained: it is one of our networks, trained here. */
const isOwn = ({ card }: Model): boolean => findNet(String(card.lineage?.["net"] ?? "")) !== undefined;

/** "10,30,100", or "all", which are no numbers. */
const labelCounts = (typed: string): number[] => {
  if (["all", "모두"].includes(typed.trim().toLowerCase())) return [];
  const counts = typed
    .split(/[\s,]+/)
    .filter((it) => it !== "")
    .map(Number);
  const isFine = counts.length > 0 && counts.every((it) => Number.isInteger(it) && it >= 1 && it <= MOST_LABELS);
  if (!isFine || counts.length > MOST_COUNTS)
    throw new UserError("bad_label_counts", { got: typed.slice(0, 60), most: MOST_LABELS, mostCounts: MOST_COUNTS });
  return [...new Set(counts)].sort((a, b) => a - b);
};

/** The data set that was named; without a name the group's own pictures, where enough of them are labelled. */
const dataFor = async (context: CommandContext, name?: string): Promise<string> => {
  if (name !== undefined) return name;
  const uploads = await resolveData(context, UPLOADS);
  try {
    demandLabels(uploads);
    return UPLOADS;
  } catch {
    return runOptions.data.default;
  }
};

/** What ships before what an experiment left behind, then the smaller. */
const quickToTrain = (a: Model, b: Model): number => Number(isVouched(b)) - Number(isVouched(a)) || a.card.params - b.card.params;

/**
 * The model that was named. Without a name one that learned from other pictures: the smallest of our own where all of it is to be trained,
 * which costs time, else the one that knows most.
 */
const modelFor = async (
  context: CommandContext,
  { model, mode }: { model?: string | undefined; mode?: string | undefined },
  data: string,
) => {
  if (model !== undefined) return chosen(context, model);
  const others = (await installed(context)).filter((it) => !isSetAside(it) && it.card.lineage?.["dataset"] !== data);
  if (mode === "head") return others[0] ?? chosen(context);
  return others.filter(isOwn).sort(quickToTrain)[0] ?? others[0] ?? chosen(context);
};

/** What is asked for, with what was left out filled in: on the group's own pictures only a new last layer, of all labels. */
export const transferSpec = async (context: CommandContext, args: Given) => {
  const common = await commonSpec(context, { ...args, data: await dataFor(context, args.data) });
  const data = await resolveData(context, common.data);
  demandLabels(data);
  const isPublished = data.kind === "published";
  const wanted = args.mode ?? (isPublished ? undefined : "head");
  const model = await modelFor(context, { model: args.model, mode: wanted }, common.data);
  const mode = wanted ?? (isOwn(model) ? "both" : "head");
  if (mode !== "head" && !isOwn(model)) throw new UserError("only_head", { name: model.name, mode });
  const labels =
    args.labels !== undefined ? labelCounts(args.labels) : isPublished ? [...countsFor[common.preset]] : labelCounts("all");
  return { kind: "transfer", ...common, model: model.name, mode, labels, lr: args.lr, backboneLr: args.backbone_lr } as const;
};
