import { createHash } from "node:crypto";
import { hasFixedViews } from "../data/augmentedPicture.ts";
import type { BatchPlan } from "../data/batches.ts";
import { type Dataset, normaliseImages, selectImages } from "../data/dataset.ts";
import { type OpenBatchSource, prefetchBatches } from "../data/prefetch.ts";
import { type EvaluationRows, pictureRows, rowsOf } from "../data/rows.ts";
import { featureSource, withUnlabelled } from "../data/sources.ts";
import { withTeacher } from "../data/teacherBatches.ts";
import { openTeacher } from "../inference/teacher.ts";
import { type OutputCache, teacherOutputs, views } from "../inference/teacherOutputs.ts";
import { openTeacherThread } from "../inference/teacherThread.ts";
import type { Arm } from "./experiment.ts";

/** Images that a computed first layer is computed from. */
const FIRST_LAYER_IMAGES = 5_000;

/** What an arm is made from besides itself. */
export interface ArmSetting {
  dataset: Dataset;
  /** Where teachers' outputs are kept between runs. */
  cache?: OutputCache | undefined;
  signal?: AbortSignal | undefined;
  /** Hears how many pictures of how many a teacher has looked at. */
  onTeacher?: ((done: number, of: number) => unknown) | undefined;
}

/** Images a step: all that there are, where they are fewer. */
export const batchOf = ({ data }: Pick<Arm, "data">): number => Math.min(data.batch, data.pictures.length);

const oneHot = ({ classes, train }: Dataset): Float32Array => {
  const targets = new Float32Array(train.count * classes.length);
  for (let n = 0; n < train.count; n++) targets[n * classes.length + (train.labels[n] as number)] = 1;
  return targets;
};

/** A teacher's logits beside the pictures: looked up where every view is fixed, else asked for what each batch shows. */
const taught = async (
  arm: Arm,
  { dataset, cache, signal, onTeacher }: ArmSetting,
  plain: BatchPlan,
): Promise<OpenBatchSource> => {
  const { teacher: wanted, pictures, augment } = arm.data;
  if (!wanted) return prefetchBatches(plain);
  const { classes, name, size, normalisation } = dataset;
  const task = { classes, data: name, size, features: wanted.features };
  if (wanted.features || !hasFixedViews(augment)) {
    const teacher = await openTeacherThread(wanted.model, task);
    const source = prefetchBatches(plain);
    const close = () => Promise.all([source.close(), teacher.close()]);
    return { ...withTeacher(source, teacher, normalisation), close };
  }
  const teacher = await openTeacher(wanted.model, task);
  try {
    const shown = augment.flip === undefined ? (["as is"] as const) : views;
    const asked = {
      indices: pictures,
      shown,
      ...(cache && { cache }),
      ...(signal && { signal }),
      ...(onTeacher && { report: onTeacher }),
    };
    const { logits } = await teacherOutputs(teacher, dataset.train, asked);
    return prefetchBatches({ ...plain, lookups: { teacher: { values: logits, width: classes.length } } });
  } finally {
    await teacher.close();
  }
};

/** The batches that an arm learns from; whoever opens them closes them. Throws the reason of `signal` while a teacher looks. */
export const openArmSource = async (arm: Arm, setting: ArmSetting): Promise<OpenBatchSource> => {
  const { dataset } = setting;
  const { pictures, targets, augment, unlabelled, features } = arm.data;
  const { size, classes, normalisation, train } = dataset;
  const batch = batchOf(arm);
  const { seed } = arm;
  if (features) {
    const labels = targets ?? oneHot(dataset);
    const { width, train: rows } = features;
    return featureSource({ features: rows, width, targets: labels, classes: classes.length, pictures, batch, seed });
  }
  const plan = { images: train, size, classes: classes.length, normalisation, seed };
  const labelled = await taught(arm, setting, { ...plan, batch, augment, pictures, ...(targets && { targets }) });
  if (!unlabelled) return labelled;
  const { pictures: more, ratio, weak, strong } = unlabelled;
  const count = Math.min(batch * ratio, more.length);
  return withUnlabelled(
    labelled,
    prefetchBatches({ ...plan, batch: count, augment: weak, pictures: more, ...(strong && { strong }) }),
  );
};

/** Rows to evaluate an arm's network on: pictures of a split, or their features. */
export const evaluationRows = (
  { data: { features } }: Pick<Arm, "data">,
  { size, normalisation, train, test }: Dataset,
  split: "train" | "test",
  indices?: Uint32Array,
): EvaluationRows => {
  const images = { train, test }[split];
  if (!features) return pictureRows(images, size, normalisation, indices);
  const { width } = features;
  const chosen = indices ?? Uint32Array.from({ length: images.count }, (_, i) => i);
  const rows = new Float32Array(chosen.length * width);
  for (const [row, index] of chosen.entries())
    rows.set(features[split].subarray(index * width, (index + 1) * width), row * width);
  return rowsOf(
    rows,
    [width],
    Uint8Array.from(chosen, (index) => images.labels[index] as number),
  );
};

/** The weights that an arm begins with, where not all are drawn: those given, or a first layer that is computed from pictures. */
export const initialWeights = ({ net, init, data }: Arm, { size, normalisation, train }: Dataset): Arm["init"] => {
  if (init || !net.begin) return init;
  const first = selectImages(train, size, data.pictures.subarray(0, FIRST_LAYER_IMAGES));
  const begun = net.begin({ count: first.count, size, data: normaliseImages(first, normalisation) });
  return Object.fromEntries([...begun].map(([name, { data: values }]) => [name, values]));
};

const hashOf = (array: ArrayBufferView | undefined): string | undefined =>
  array &&
  createHash("sha256")
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest("hex")
    .slice(0, 16);

/** What decides an arm's batches and beginning, in few characters: part of the key of its checkpoint. */
export const identityOf = (arm: Arm, { name, size, classes }: Dataset) => {
  const { pictures, targets, augment, unlabelled, teacher, features } = arm.data;
  return {
    ...{ dataset: name, size, classes, batch: batchOf(arm), augment },
    ...{ pictures: hashOf(pictures), targets: hashOf(targets), features: hashOf(features?.train) },
    ...(unlabelled && { unlabelled: { ...unlabelled, pictures: hashOf(unlabelled.pictures) } }),
    ...(teacher && { teacher: { blob: teacher.model.blob, features: teacher.features } }),
    ...(arm.init && { init: Object.entries(arm.init).map(([key, values]) => [key, hashOf(values)]) }),
  };
};
