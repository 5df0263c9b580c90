import type { BatchAugmentation } from "../../../data/augmentedPicture.ts";
import type { Drawing } from "../../../draw/drawing.ts";
import type { TaskSpec } from "../../../learn/tasks/index.ts";
import type { Net } from "../../../nets/net.ts";
import type { Language, Text } from "../../../text.ts";
import type { ArmResult, Setting } from "../../experiment.ts";
import type { Outcomes } from "./outcomes.ts";

/** One arm of a lesson, as far as it differs from the others; what is left out is the lesson's. */
export interface Variant {
  /** Unique in the lesson; people read it in tables and charts. */
  name: string;
  net: Net;
  /** Indices of `dataset.train`; all training pictures when left out. */
  pictures?: Uint32Array;
  /** Shares of classes in the place of labels: see `ArmData`. */
  targets?: Float32Array;
  augment?: BatchAugmentation;
  /** Learning from labels when left out. With `distill`, the setting's teacher teaches. */
  task?: TaskSpec;
}

/** A picture of a lesson's own, with what someone who cannot see it should hear. */
export interface LessonPicture {
  name: string;
  image: Drawing;
  alt: string;
}

/** What a lesson trains, and what it makes of the results. All arms get the same number of steps, pictures a step and seed. */
export interface LessonPlan {
  /** What is compared, as a heading. */
  title: Text;
  /** The variant without what is claimed, and the one with it. */
  control: string;
  main: string;
  /** The variants of a seed. Their names and networks are the same for every seed; which pictures they get may differ. */
  variants(seed: number): readonly Variant[];
  /** Images a step. */
  batch: number;
  /** Peak of the triangular schedule at a batch of 128, the same for all arms; in proportion at another. */
  learningRate: number;
  /** 5e-4 when left out. */
  weightDecay?: number;
  /** What is done to pictures unless a variant says otherwise. */
  augment: BatchAugmentation;
  /** Multiply-accumulates that are done once and not in every step: a teacher's. */
  onceMacs?: number;
  /** What was counted and not trained, so that it holds however short the run is. */
  counted?: Text;
  /** What the results show, in one sentence, also where they contradict the textbook. All variants are among the outcomes. */
  find(outcomes: Outcomes, results: readonly ArmResult[]): Text;
  /** What the lesson measures besides; added to the report. */
  measure?(results: readonly ArmResult[]): Record<string, unknown> | Promise<Record<string, unknown>>;
  /** What the bars of all arms show: test accuracy, and the accuracy on an arm's own pictures below its name, unless said otherwise. */
  bars?: { measure?: Text; read?(result: ArmResult): number; extra?(arm: string): Text };
  /** Pictures besides the bars. */
  draw?(results: readonly ArmResult[], lang: Language): readonly LessonPicture[] | Promise<readonly LessonPicture[]>;
}

/** A lesson: one idea as an experiment. Its question and its explanation lie in content/lessons. */
export type Lesson = (setting: Setting<"lesson">) => LessonPlan | Promise<LessonPlan>;
