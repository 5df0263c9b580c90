import { loadData } from "../../src/data/load.ts";
import { readUnlabelled } from "../../src/data/pictures.ts";
import { splitIndices } from "../../src/data/split.ts";
import { UserError } from "../../src/errors.ts";
import type { JobContext } from "../../src/jobs/context.ts";
import type { JobInput } from "../../src/jobs/contracts.ts";
import { findNet } from "../../src/nets/index.ts";
import type { RunModel, Setting } from "../../src/runs/experiment.ts";
import { isUnlabelled } from "../../src/runs/kinds/distill.ts";
import { workOf } from "../../src/runs/presets.ts";
import { taughtDataset } from "../../src/runs/taughtDataset.ts";

/** What went wrong before the run could begin: its data could not be fetched. */
export const passMistakesOn = async ({ dependencies }: JobContext): Promise<void> => {
  for (const end of (await dependencies()).values()) {
    if ("mistake" in end) throw new UserError(end.mistake.code, end.mistake.facts as never);
    if ("failure" in end) throw new Error(`The data could not be fetched: ${end.failure}`);
  }
};

/** The largest side of a group's pictures in memory: a thousand of them are 0.8 GB. */
const MAX_SIDE = 512;

/** The side of a group's pictures: that of the network which learns them, or of the model that looks at them. */
const sideFor = ({ spec, models }: JobInput<"run">): number => {
  const name = "net" in spec ? spec.net : "student" in spec ? spec.student : undefined;
  if (name !== undefined) return findNet(name)?.size ?? 32;
  return Math.min(MAX_SIDE, models["model"]?.card.preprocessing.resize ?? 32);
};

/** Opens what a run is made of: its pictures in memory, split, and the models that it names. */
export const openSetting = async (
  input: JobInput<"run">,
  { blobs, dataFolder, workShare, signal, report }: JobContext,
): Promise<Setting> => {
  const { spec, data } = input;
  const models: Record<string, RunModel> = {};
  for (const [role, { blob, card }] of Object.entries(input.models)) models[role] = { blob, card, bytes: await blobs.get(blob) };
  const size = sideFor(input);
  const { teacher } = models;
  const dataset =
    teacher && data.kind === "pictures" && isUnlabelled(spec, data.kind)
      ? await taughtDataset(await readUnlabelled(data.pictures, blobs.get, size), teacher, { name: data.name, size, signal })
      : await loadData(data, { folder: dataFolder, size, read: blobs.get });
  const onPictures = (done: number, of: number) =>
    report({
      done,
      of,
      note: {
        en: `${input.models["model"]?.card.name} looks at picture ${done} of ${of}`,
        ko: `${input.models["model"]?.card.name} 모델이 사진을 보는 중: ${done}/${of}`,
      },
    });
  const work = workOf(spec.preset) * workShare;
  return { spec, dataset, ...splitIndices(dataset.train), models, work, signal, onPictures };
};
