import type { BatchAugmentation } from "../data/augmentedPicture.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Drawing } from "../draw/drawing.ts";
import type { RunResult } from "../draw/runCard.ts";
import type { Evaluation } from "../inference/evaluation.ts";
import type { Recipe } from "../learn/fit.ts";
import type { TaskSpec } from "../learn/tasks/index.ts";
import type { Card } from "../models/card.ts";
import type { Network } from "../nets/net.ts";
import type { Language } from "../text.ts";
import type { RunReport } from "./report.ts";
import type { RunKind, SpecOf } from "./spec.ts";

/** An installed model that a run needs, with its file at hand. */
export interface RunModel {
  card: Card;
  /** SHA-256 of its file. */
  blob: string;
  bytes: Uint8Array;
}

/** What an experiment is made for: its spec, the data, the models it names, and the work it may do. */
export interface Setting<K extends RunKind = RunKind> {
  spec: SpecOf<K>;
  dataset: Dataset;
  /** The training pictures in two, by their indices in `dataset.train`: those to learn from, and those that choices are made on. */
  train: Uint32Array;
  validation: Uint32Array;
  /** By what the spec calls them: `teacher`, `model`. */
  models: Readonly<Record<string, RunModel>>;
  /** Multiply-accumulates of all arms of one seed together: see `presets.ts`. */
  work: number;
  signal: AbortSignal;
  /** Hears how many pictures of how many a model has looked at, before anything is trained. */
  onPictures?(done: number, of: number): unknown;
}

/** Numbers that a network is fed in the place of pictures: features that another one computed once. */
export interface FeatureRows {
  width: number;
  /** [pictures of `dataset.train` × width] and [pictures of `dataset.test` × width]. */
  train: Float32Array;
  test: Float32Array;
}

/** What an arm learns from, as indices of `dataset.train`. */
export interface ArmData {
  pictures: Uint32Array;
  /**
   * Share of each class, [pictures of `dataset.train` × classes], in the place of the labels: soft labels, or zeros where a label is
   * hidden.
   */
  targets?: Float32Array;
  augment: BatchAugmentation;
  /** Images a step; all of them where there are fewer. */
  batch: number;
  /** Further pictures without labels, in every step so many times `batch`, under a weak and perhaps a strong augmentation. */
  unlabelled?: { pictures: Uint32Array; ratio: number; weak: BatchAugmentation; strong?: BatchAugmentation };
  /** A teacher whose logits come with every picture, for the data's classes; with `features` its last feature map too. */
  teacher?: { model: RunModel; features: boolean };
  features?: FeatureRows;
}

/** One training: everything that decides its weights. */
export interface Arm {
  /** Unique among the arms of a seed. */
  name: string;
  net: Network;
  seed: number;
  data: ArmData;
  task: TaskSpec;
  /** Weights that it begins with; what is missing is drawn. */
  init?: Readonly<Record<string, Float32Array>>;
  recipe: Omit<Recipe, "seed">;
}

/** What became of an arm. */
export interface ArmResult {
  arm: Arm;
  /** Steps done: fewer than the recipe's when it was stopped. */
  steps: number;
  weights: Readonly<Record<string, Float32Array>>;
  /** On the test pictures, and the logits it comes from, [pictures × classes]. */
  test: Evaluation;
  testLogits: Float32Array;
  /** On the validation pictures, where the experiment chooses by them and there are any. */
  validation?: Evaluation;
  trainAccuracy: number;
  /** [step, accuracy] on the validation pictures, and [step, mean training loss since the point before]. */
  curve: readonly (readonly [number, number])[];
  lossCurve: readonly (readonly [number, number])[];
  seconds: number;
  imagesPerSecond: number;
}

/** What an experiment says beyond what every report has. */
export interface Findings {
  /** Fields that the kind adds to the report. */
  fields: Readonly<Record<string, unknown>>;
  /** Pictures besides the card of curves and figures, with what someone who cannot see them should hear. */
  pictures?: readonly { name: string; image: Drawing; alt: string }[];
  /** What the card of curves and figures shows besides. */
  card?: Pick<RunResult, "table" | "note">;
}

/**
 * A list of arms, one of which is the control. It is run once for each seed: `arms` says which come next, given what became of those
 * before, and nothing when the seed is done.
 */
export interface Experiment {
  arms(seed: number, done: readonly ArmResult[]): readonly Arm[] | Promise<readonly Arm[]>;
  /** Steps and arms of one seed in all, for the picture of a run so far. */
  steps: number;
  armCount: number;
  /** The same net, seed, pictures and steps without what is claimed; null where nothing is claimed. */
  control: string | null;
  /** The arm whose gain over the control is reported, and whose network (of the first seed) is kept as a model. */
  main: string;
  /** Something is chosen by how well arms know the validation pictures. */
  chooses?: true;
  /** What the results show; called once, with those of all seeds, also when the run was stopped. `report` has the common fields. */
  findings?(results: readonly ArmResult[], report: RunReport, lang: Language): Findings | Promise<Findings>;
  /**
   * What arms are run and measured in where that is not all of the setting: some of its pictures, which the arms' indices are of then,
   * or another normalisation.
   */
  within?: Pick<Setting, "dataset" | "validation">;
  /** The file of an arm whose network alone is no model; undefined where it is one. */
  exportModel?(
    result: ArmResult,
    about: { name: string; lineage: Readonly<Record<string, unknown>>; metrics: { accuracy: number } },
  ): Promise<{ bytes: Uint8Array; card: Card } | undefined>;
}
