import { toProbabilities } from "../models/prediction.ts";

/** The pictures of which a model was about equally sure. */
export interface CalibrationBin {
  /** Bounds of the confidence, which is the probability of the most likely class: above `from`, up to `to`. */
  from: number;
  to: number;
  count: number;
  /** Mean confidence and share of right answers, 0..1; 0 where there is no picture. */
  confidence: number;
  accuracy: number;
}

export interface Calibration {
  /** Expected calibration error, 0..1: how far confidence and accuracy lie apart, on average over the pictures. */
  error: number;
  /** Mean confidence less accuracy: above 0 the model is surer than it should be. */
  overconfidence: number;
  bins: CalibrationBin[];
}

/** As many as a reliability diagram usually has. */
const BINS = 10;

/**
 * How far a model's confidence can be believed (Guo et al. 2017, equation 3), from logits [images × classes] and the index of each
 * image's class.
 */
export const calibrationOf = (logits: Float32Array, labels: ArrayLike<number>, classes: number): Calibration => {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (let i = 0; i < labels.length; i++) {
    const probabilities = toProbabilities(logits.subarray(i * classes, (i + 1) * classes), "logits");
    const confidence = probabilities.reduce((a, b) => Math.max(a, b));
    const sum = sums[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))] as (typeof sums)[number];
    sum.count++;
    sum.confidence += confidence;
    sum.correct += Number(probabilities.indexOf(confidence) === labels[i]);
  }
  const total = Math.max(1, labels.length);
  const gapOf = ({ confidence, correct }: (typeof sums)[number]) => (confidence - correct) / total;
  return {
    error: sums.reduce((sum, it) => sum + Math.abs(gapOf(it)), 0),
    overconfidence: sums.reduce((sum, it) => sum + gapOf(it), 0),
    bins: sums.map(({ count, confidence, correct }, bin) => ({
      ...{ from: bin / BINS, to: (bin + 1) / BINS, count },
      confidence: count > 0 ? confidence / count : 0,
      accuracy: correct / Math.max(1, count),
    })),
  };
};
