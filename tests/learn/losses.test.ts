import { describe, expect, it } from "vitest";
import { attentionTransfer } from "../../src/learn/losses/attentionTransfer.ts";
import { consistency } from "../../src/learn/losses/consistency.ts";
import { crossEntropy } from "../../src/learn/losses/crossEntropy.ts";
import { dkd } from "../../src/learn/losses/dkd.ts";
import { hint } from "../../src/learn/losses/hint.ts";
import { kd } from "../../src/learn/losses/kd.ts";
import { pseudoLabel } from "../../src/learn/losses/pseudoLabel.ts";
import { confidentShare, pseudoTargets } from "../../src/learn/losses/pseudoTargets.ts";
import { type Tensor, tf } from "../../src/tf/tf.ts";

const { log } = Math;
const numberOf = (loss: Tensor): number => loss.dataSync()[0] as number;
const rows = (...them: number[][]): Tensor => tf.tensor2d(them);
/** Logits whose softmax are these probabilities. */
const logitsOf = (...them: number[][]): Tensor => rows(...them.map((row) => row.map(log)));
const gradientOf = (loss: (x: Tensor) => Tensor, x: Tensor): number[] => [
  ...tf
    .grad((it) => loss(it as Tensor) as never)(x as never)
    .dataSync(),
];
const close = (them: readonly number[]) => them.map((it) => expect.closeTo(it, 5));

const student = rows([2, -1, 0.5], [0, 0, 1]);
const teacher = rows([1, 3, -2], [0.3, -0.2, 0.1]);
const temperatures = [1, 2, 4, 8, 16];

describe("cross-entropy", () => {
  it("is the mean of -log p of the right class", () => {
    // p of the right classes: 0.5 and 0.8. (log 2 + log 1.25) / 2 = (0.69315 + 0.22314) / 2 = 0.45815
    const logits = logitsOf([0.5, 0.25, 0.25], [0.1, 0.1, 0.8]);
    expect(numberOf(crossEntropy(logits, rows([1, 0, 0], [0, 0, 1])))).toBeCloseTo(0.45815, 5);
  });

  it("spreads smoothed labels over all classes", () => {
    // Smoothed by 0.3: [0.8, 0.1, 0.1]. 0.8·log 2 + 0.2·log 4 = 0.55452 + 0.27726 = 0.83178
    expect(numberOf(crossEntropy(logitsOf([0.5, 0.25, 0.25]), rows([1, 0, 0]), 0.3))).toBeCloseTo(0.83178, 5);
  });

  it("leaves hidden labels out, of the mean and of the gradient", () => {
    const targets = rows([0, 0, 0], [0, 0, 1]);
    // Only the second row counts: log 1.25 = 0.22314, also when labels are smoothed: 0.8·0.22314 + 0.2·log 10 = 0.63903
    const logits = logitsOf([0.5, 0.25, 0.25], [0.1, 0.1, 0.8]);
    expect(numberOf(crossEntropy(logits, targets))).toBeCloseTo(0.22314, 5);
    expect(numberOf(crossEntropy(logits, targets, 0.3))).toBeCloseTo(0.63903, 5);
    // softmax - target of the second row: [0.1, 0.1, 0.8 - 1]
    expect(gradientOf((it) => crossEntropy(it, targets), logits)).toEqual(close([0, 0, 0, 0.1, 0.1, -0.2]));
  });

  it("counts a picture that is half hidden by half", () => {
    // Mixed of a labelled half and a hidden half: [0.5, 0, 0] says "class 0" with weight 0.5.
    // (0.5·log 2 + 1·log 1.25) / 1.5 = (0.34657 + 0.22314) / 1.5 = 0.37981
    const logits = logitsOf([0.5, 0.25, 0.25], [0.1, 0.1, 0.8]);
    expect(numberOf(crossEntropy(logits, rows([0.5, 0, 0], [0, 0, 1])))).toBeCloseTo(0.37981, 5);
  });

  it("is 0 where every label is hidden", () => {
    expect(numberOf(crossEntropy(student, tf.zeros([2, 3])))).toBe(0);
    expect(gradientOf((it) => crossEntropy(it, tf.zeros([2, 3])), student)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe("knowledge distillation", () => {
  it("is T² times the divergence of the softened predictions, by hand", () => {
    // At T=2, logits 2·log p soften to p itself. Teacher [0.5, 0.5], student [0.8, 0.2]:
    // KL = 0.5·log(0.5/0.8) + 0.5·log(0.5/0.2) = 0.5·(-0.47000) + 0.5·0.91629 = 0.22314, times 4 = 0.89257
    const softenTo = (p: number[]) => rows(p.map((it) => 2 * log(it)));
    expect(numberOf(kd(softenTo([0.8, 0.2]), softenTo([0.5, 0.5]), 2))).toBeCloseTo(0.89257, 5);
  });

  it("is the mean over the pictures, not over their classes", () => {
    // The row above and one on which both agree: half of it. A third class that both rule out changes nothing.
    const [s, t] = [logitsOf([0.8, 0.2], [0.3, 0.7]), logitsOf([0.5, 0.5], [0.3, 0.7])];
    expect(numberOf(kd(s, t, 1))).toBeCloseTo(0.22314 / 2, 5);
    const ruledOut = tf.fill([2, 1], -100);
    expect(numberOf(kd(tf.concat([s, ruledOut], 1), tf.concat([t, ruledOut], 1), 1))).toBeCloseTo(0.22314 / 2, 5);
  });

  it.each(temperatures)("is 0 for a student that says what its teacher says, at T=%s, and pulls it nowhere", (temperature) => {
    expect(numberOf(kd(teacher, teacher.clone(), temperature))).toBe(0);
    for (const it of gradientOf((it) => kd(it, teacher, temperature), teacher)) expect(it).toBeCloseTo(0, 6);
  });

  it("has gradients of one size, whatever the temperature", () => {
    const sizes = temperatures.map((temperature) => Math.hypot(...gradientOf((it) => kd(it, teacher, temperature), student)));
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(10);
  });

  it("has the gradient T · (student's - teacher's softened predictions) / pictures", () => {
    // One picture at T=2, softened [0.8, 0.2] and [0.5, 0.5]: 2 · [0.3, -0.3]
    const softenTo = (p: number[]) => rows(p.map((it) => 2 * log(it)));
    expect(gradientOf((it) => kd(it, softenTo([0.5, 0.5]), 2), softenTo([0.8, 0.2]))).toEqual(close([0.6, -0.6]));
  });
});

describe("decoupled knowledge distillation", () => {
  const options = (temperature: number, alpha?: number, beta?: number) => ({
    temperature,
    ...(alpha === undefined ? {} : { alpha }),
    ...(beta === undefined ? {} : { beta }),
  });
  // Teacher [0.5, 0.3, 0.2], student [0.4, 0.4, 0.2], target class 0, T=1.
  // TCKD: [0.5, 0.5] against [0.4, 0.6]: 0.5·log(0.5/0.4) + 0.5·log(0.5/0.6) = 0.11157 - 0.09116 = 0.02041
  // NCKD: [0.6, 0.4] against [2/3, 1/3]: 0.6·log(0.9) + 0.4·log(1.2) = -0.06322 + 0.07293 = 0.00971
  const [s, t, label] = [logitsOf([0.4, 0.4, 0.2]), logitsOf([0.5, 0.3, 0.2]), rows([1, 0, 0])];
  const [tckd, nckd] = [0.020411, 0.009712];

  it("weighs how sure of the target against how the others are ranked, by hand", () => {
    expect(numberOf(dkd(s, t, label, options(1, 1, 0)))).toBeCloseTo(tckd, 5);
    expect(numberOf(dkd(s, t, label, options(1, 0, 1)))).toBeCloseTo(nckd, 5);
    expect(numberOf(dkd(s, t, label, options(1)))).toBeCloseTo(tckd + 8 * nckd, 5);
  });

  it("is Hinton's with β = 1 - the teacher's probability of the target, at any temperature", () => {
    expect(numberOf(dkd(s, t, label, options(1, 1, 0.5)))).toBeCloseTo(numberOf(kd(s, t, 1)), 5);
    const p = (tf.softmax(tf.div(t, 4)).dataSync() as Float32Array)[0] as number;
    expect(numberOf(dkd(s, t, label, options(4, 1, 1 - p)))).toBeCloseTo(numberOf(kd(s, t, 4)), 5);
  });

  it("takes the teacher's class where the label is hidden", () => {
    expect(numberOf(dkd(s, t, tf.zeros([1, 3]), options(1)))).toBeCloseTo(tckd + 8 * nckd, 5);
    const other = rows([0, 1, 0]);
    expect(Math.abs(numberOf(dkd(s, t, other, options(1))) - (tckd + 8 * nckd))).toBeGreaterThan(0.001);
  });

  it.each(temperatures)("is 0 for a student that says what its teacher says, at T=%s", (temperature) => {
    expect(numberOf(dkd(teacher, teacher.clone(), rows([1, 0, 0], [0, 1, 0]), { temperature }))).toBeCloseTo(0, 6);
  });

  it("stays finite where the teacher is certain", () => {
    const certain = rows([80, -40, -60]);
    expect(numberOf(dkd(s, certain, label, { temperature: 1 }))).toBeGreaterThan(0);
    for (const it of gradientOf((it) => dkd(it, certain, label, { temperature: 1 }), s)) expect(Number.isFinite(it)).toBe(true);
  });
});

describe("attention transfer", () => {
  // One picture of 1 x 2 places. Student, two channels: [1, 1] and [2, 0]: mean squares 1 and 2, scaled to length 1 by √5.
  const ours = tf.tensor4d([1, 1, 2, 0], [1, 1, 2, 2]);

  it("compares where two networks look, by hand", () => {
    // Teacher, one channel: [2] and [1]: squares 4 and 1, scaled by √17. Differences: 1/√5 - 4/√17 = -0.52293, 2/√5 - 1/√17 = 0.65189.
    // (0.27345 + 0.42496) / 2 = 0.34921
    expect(numberOf(attentionTransfer(ours, tf.tensor4d([2, 1], [1, 1, 2, 1])))).toBeCloseTo(0.34921, 4);
  });

  it("is 0 for the same map, louder or not, and with other channels", () => {
    expect(numberOf(attentionTransfer(ours, ours.clone()))).toBe(0);
    expect(numberOf(attentionTransfer(ours, tf.mul(ours, 3)))).toBeCloseTo(0, 6);
    expect(numberOf(attentionTransfer(ours, tf.tensor4d([1, Math.SQRT2], [1, 1, 2, 1])))).toBeCloseTo(0, 6);
  });

  it("brings the teacher's map to the student's grid", () => {
    // 2 x 4 places averaged two by two: [2] and [1] as above.
    const finer = tf.tensor4d([1, 3, 0, 2, 2, 2, 1, 1], [1, 2, 4, 1]);
    expect(numberOf(attentionTransfer(ours, finer))).toBeCloseTo(0.34921, 4);
    expect(numberOf(attentionTransfer(tf.ones([1, 4, 4, 2]), tf.ones([1, 3, 3, 5])))).toBeCloseTo(0, 6);
  });

  it("has a gradient even for a picture that no channel answers to", () => {
    for (const it of gradientOf((it) => attentionTransfer(it, ours), tf.zeros([1, 1, 2, 2]))) expect(it).toBeCloseTo(0, 12);
  });
});

describe("the hint", () => {
  const ours = tf.tensor4d([1, 2, 3, 4], [1, 1, 2, 2]);
  const projection = rows([1, 0, 2], [0, 1, -1]);

  it("is the mean squared difference after the projection, by hand", () => {
    // [1, 2] becomes [1, 2, 2·1 - 2] = [1, 2, 0], [3, 4] becomes [3, 4, 2]. Against [1, 2, 3] and [3, 6, 2]: (0 + 0 + 9 + 0 + 4 + 0) / 6
    expect(numberOf(hint(ours, tf.tensor4d([1, 2, 3, 3, 6, 2], [1, 1, 2, 3]), projection))).toBeCloseTo(13 / 6, 5);
  });

  it("is 0 for what the projection can say, and moves the projection too", () => {
    expect(numberOf(hint(ours, tf.tensor4d([1, 2, 0, 3, 4, 2], [1, 1, 2, 3]), projection))).toBe(0);
    const wanted = tf.tensor4d([1, 2, 3, 3, 6, 2], [1, 1, 2, 3]);
    // d/dP = 2/6 · Σ x ⊗ (projected - wanted) = 1/3 · ([1, 2] ⊗ [0, 0, -3] + [3, 4] ⊗ [0, -2, 0])
    expect(gradientOf((it) => hint(ours, wanted, it), projection)).toEqual(close([0, -2, -1, 0, -8 / 3, -2]));
  });
});

describe("predictions as targets", () => {
  const logits = logitsOf([0.96, 0.02, 0.02], [0.5, 0.3, 0.2], [0.02, 0.03, 0.95001]);

  it("are the likeliest classes of those that are confident", () => {
    const targets = pseudoTargets(logits, 0.95);
    expect([...targets.dataSync()]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(numberOf(confidentShare(targets))).toBeCloseTo(2 / 3, 6);
  });

  it("weigh in the mean over all pictures, those without a target as zero", () => {
    // For the strong ones [0.5, 0.25, 0.25] each: -log 0.5 of the first, nothing of the second, -log 0.25 of the third, by 3:
    // (0.69315 + 1.38629) / 3 = 0.69315
    const strong = logitsOf([0.5, 0.25, 0.25], [0.5, 0.25, 0.25], [0.5, 0.25, 0.25]);
    expect(numberOf(consistency(strong, pseudoTargets(logits, 0.95)))).toBeCloseTo(log(2), 5);
    const pull = gradientOf((it) => consistency(it, pseudoTargets(logits, 0.95)), strong);
    expect(pull).toEqual(close([-0.5, 0.25, 0.25, 0, 0, 0, 0.5, 0.25, -0.75].map((it) => it / 3)));
  });

  it("let no gradient through", () => {
    expect(gradientOf((it) => consistency(student, pseudoTargets(tf.slice(it, 0, 2) as Tensor, 0)), logits)).toEqual(
      Array(9).fill(0),
    );
    // A network's own prediction as its target: only what is predicted is pulled, softmax - target: [0.5 - 1, 0.3, 0.2]
    expect(gradientOf((it) => consistency(it, pseudoTargets(it, 0)), logitsOf([0.5, 0.3, 0.2]))).toEqual(close([-0.5, 0.3, 0.2]));
  });

  it.each([
    [0, 0],
    [0.1, 0.25],
    [0.4, 1],
    [0.9, 1],
  ])("weigh, at %s of a run that lets them grow over 0.4 of it, %s", (progress, weight) => {
    const certain = pseudoTargets(logitsOf([0.5, 0.3, 0.2]), 0);
    const loss = pseudoLabel(logitsOf([0.5, 0.3, 0.2]), certain, tf.scalar(progress), 0.4);
    expect(numberOf(loss)).toBeCloseTo(weight * log(2), 5);
  });

  it("weigh fully at once where nothing is to grow", () => {
    const certain = pseudoTargets(logitsOf([0.5, 0.3, 0.2]), 0);
    expect(numberOf(pseudoLabel(logitsOf([0.5, 0.3, 0.2]), certain, tf.scalar(0), 0))).toBeCloseTo(log(2), 5);
  });
});
