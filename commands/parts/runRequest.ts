import type { CommandContext } from "../../src/chat/command.ts";
import type { LabelledPicture } from "../../src/data/dataSource.ts";
import type { JobInput, JobRequest } from "../../src/jobs/contracts.ts";
import { Card } from "../../src/models/card.ts";
import { isUnlabelled } from "../../src/runs/kinds/distill.ts";
import type { RunSpec } from "../../src/runs/spec.ts";
import { resolveData } from "./data.ts";
import { toAsk } from "./models.ts";
import { trainedIn } from "./runWords.ts";

/** Characters that a model's name can have at most (see `Card`), and those of a request's id that it ends with. */
const [MAX_NAME, SUFFIX] = [48, 4];

/** A name's letters and digits as a model's name can have them; `data` where there are none, as in a name in Hangul. */
const inName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|-+$/g, "") || "data";

/**
 * What a run's trained network is called: `<net>.<data>-` and the first four characters of its request's id, or more of them where the
 * group has such a model of another run.
 */
export const modelNameFor = async (
  { id, store, place }: Pick<CommandContext, "id" | "store" | "place">,
  { net, data }: { net: string; data: string },
): Promise<string> => {
  const taken = new Set((await store.models.list(place.group)).map((it) => it.name));
  const base = `${inName(net)}.${inName(data)}`;
  const named = (length: number) => `${base.slice(0, MAX_NAME - 1 - length)}-${id.slice(0, length)}`;
  const name = [SUFFIX, 2 * SUFFIX].map(named).find((it) => !taken.has(it));
  return Card.shape.name.parse(name ?? named(id.length));
};

/** The installed models that a spec names, as its job is given them. Throws when one is not there, or is set aside. */
export const modelsOf = async (context: CommandContext, spec: RunSpec): Promise<JobInput<"run">["models"]> => {
  const models: JobInput<"run">["models"] = {};
  for (const role of ["teacher", "model"] as const) {
    const name = role in spec ? (spec as Partial<Record<typeof role, string>>)[role] : undefined;
    if (name === undefined) continue;
    const { blob, card } = await toAsk(context, name);
    models[role] = { blob, card };
  }
  return models;
};

const withoutLabel = (picture: LabelledPicture): LabelledPicture => ({ ...picture, label: null });

/**
 * Asks for a run. What is wrong with the data's or a model's name is thrown here, before anything is queued; what else can be refused
 * is its command's to refuse. `models` are those that the spec names, by its own words for them.
 */
export const requestRun = async (
  context: CommandContext,
  spec: RunSpec,
  models?: JobInput<"run">["models"],
): Promise<JobRequest<"run">> => {
  const unlabelled = isUnlabelled(spec, "pictures");
  const data = await resolveData(context, spec.data, { unlabelled });
  const name = await modelNameFor(context, { net: trainedIn(spec), data: data.name });
  const { lang } = context;
  // Without labels all pictures are alike, also those that somebody has labelled.
  const shown = unlabelled && data.kind === "pictures" ? { ...data, pictures: data.pictures.map(withoutLabel) } : data;
  const input = { spec, data: shown, models: models ?? (await modelsOf(context, spec)), name, lang };
  // Whether it has to be downloaded is known where that is done.
  const isDownloaded = data.kind === "published" && data.name !== "shapes";
  return {
    ...{ job: "run", input },
    ...(isDownloaded && { dependencies: [{ job: "fetchData", input: { name: data.name } }] }),
  };
};
