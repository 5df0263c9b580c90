import { UserError } from "../errors.ts";
import { mapClasses } from "../models/mapClasses.ts";
import { featureMapsOf } from "../onnx/featureMap.ts";
import { readModel, withOutputs } from "../onnx/file.ts";
import { viewGraph } from "../onnx/graph.ts";
import { type ClassifierCard, type ClassifierOutputs, openClassifier } from "./classifier.ts";
import { openOwnSession } from "./session.ts";

/** A model with its file at hand. */
export interface TeacherModel {
  card: ClassifierCard;
  bytes: Uint8Array;
  /** SHA-256 of its file. */
  blob: string;
}

/** What a teacher is asked about. */
export interface TeacherTask {
  /** The data's classes, which the teacher has to know by their names; and the data set's name, for messages. */
  classes: readonly string[];
  data: string;
  /** Side of the data's square pictures in pixels. */
  size: number;
  /** Whether its last feature map is wanted too. */
  features?: boolean;
}

/** An opened teacher: an installed model that says what it sees in pictures of a data set. */
export interface Teacher {
  model: TeacherModel;
  size: number;
  classes: number;
  /** The data's classes among the teacher's own. */
  mapped: readonly number[];
  /** The shape of a picture's feature map, [height, width, channels]; undefined unless features were asked for. */
  featureShape: readonly [number, number, number] | undefined;
  /** Logits [count × the data's classes] of RGB pictures [count, size, size, 3], prepared as the teacher's card says. */
  logits(pixels: Uint8Array): Promise<Float32Array<ArrayBuffer>>;
  /** The same, and the feature maps, [count, height, width, channels]. */
  outputs(pixels: Uint8Array): Promise<{ logits: Float32Array<ArrayBuffer>; features?: Float32Array<ArrayBuffer> }>;
  /** Frees its memory. */
  close(): Promise<void>;
}

/** The smallest normal float32: a probability that has been rounded to 0 counts as this one. */
const LEAST_PROBABILITY = 2 ** -126;

/** The scores of some classes as logits, which are those of the model up to a constant in each row. */
export const selectLogits = (
  { classes, output }: ClassifierCard,
  scores: Float32Array,
  mapped: readonly number[],
): Float32Array<ArrayBuffer> => {
  const rows = scores.length / classes.length;
  const logits = new Float32Array(rows * mapped.length);
  for (let row = 0; row < rows; row++) {
    for (const [to, from] of mapped.entries()) {
      const score = scores[row * classes.length + from] as number;
      logits[row * mapped.length + to] = output.kind === "logits" ? score : Math.log(Math.max(score, LEAST_PROBABILITY));
    }
  }
  return logits;
};

/** [count, channels, height, width] as [count, height, width, channels]. */
const channelsLast = (data: Float32Array, [channels, height, width]: readonly [number, number, number]) => {
  const [out, places] = [new Float32Array(data.length), height * width];
  for (let at = 0; at < data.length; at += channels * places)
    for (let channel = 0; channel < channels; channel++)
      for (let place = 0; place < places; place++)
        out[at + place * channels + channel] = data[at + channel * places + place] as number;
  return out;
};

type Shape = readonly [number, number, number];
const isMap = (shape: readonly number[]): shape is Shape => shape.length === 3;

/** Which of the watched values is the last feature map: the first that has height and width, one of more than one place if there is any. */
const chooseMap = (
  watched: ClassifierOutputs["watched"],
  layout: "NCHW" | "NHWC",
): { name: string; shape: Shape } | undefined => {
  const maps = Object.entries(watched).flatMap(([name, { shape }]) => (isMap(shape) ? [{ name, shape }] : []));
  const placesOf = ([a, b, c]: Shape) => (layout === "NCHW" ? b * c : a * b);
  return maps.find((it) => placesOf(it.shape) > 1) ?? maps[0];
};

/**
 * Opens a model as a teacher of a data set. Throws `UserError`s: `teacher_classes` where it does not know all of the data's classes,
 * `teacher_features` where a feature map is wanted and it has none. Whoever opens it closes it.
 */
export const openTeacher = async (
  model: TeacherModel,
  { classes, data, size, features = false }: TeacherTask,
): Promise<Teacher> => {
  const { card, bytes } = model;
  const mapped = mapClasses(card, classes, data);
  const { graph } = features ? readModel(bytes) : {};
  const candidates = graph ? featureMapsOf(viewGraph(graph), card.output.name) : [];
  if (features && candidates.length === 0) throw new UserError("teacher_features", { teacher: card.name });
  const session = await openOwnSession(candidates.length > 0 ? withOutputs(bytes, candidates) : bytes);
  try {
    const trial = await openClassifier(card, session, { size, watch: candidates });
    const layout = card.input.layout;
    const chosen = features ? chooseMap((await trial.run(new Uint8Array(size * size * 3))).watched, layout) : undefined;
    if (features && !chosen) throw new UserError("teacher_features", { teacher: card.name });
    const outputs: Teacher["outputs"] = async (pixels) => {
      const { scores, watched } = await trial.run(pixels);
      const logits = selectLogits(card, scores, mapped);
      const map = chosen && watched[chosen.name];
      if (!chosen || !map) return { logits };
      return { logits, features: layout === "NCHW" ? channelsLast(map.data, chosen.shape) : new Float32Array(map.data) };
    };
    const [a, b, c] = chosen?.shape ?? [0, 0, 0];
    return {
      ...{ model, size, classes: classes.length, mapped, outputs },
      featureShape: chosen && (layout === "NCHW" ? [b, c, a] : [a, b, c]),
      logits: async (pixels) => (await outputs(pixels)).logits,
      close: () => session.release(),
    };
  } catch (error) {
    await session.release();
    throw error;
  }
};
