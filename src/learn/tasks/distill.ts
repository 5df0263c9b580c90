import { featureShape, LAST } from "../../nets/features.ts";
import { denseParameters, type Parameter } from "../../nets/parameter.ts";
import { type Tensor, tf } from "../../tf/tf.ts";
import { attentionTransfer } from "../losses/attentionTransfer.ts";
import { crossEntropy } from "../losses/crossEntropy.ts";
import { dkd } from "../losses/dkd.ts";
import { hint } from "../losses/hint.ts";
import { kd } from "../losses/kd.ts";
import { rampUp } from "../losses/rampUp.ts";
import type { Task, TaskInput, TaskSetting } from "../task.ts";
import { auxiliary } from "./auxiliary.ts";

/** A teacher's logits `teacher`, and its last feature map `teacherFeatures` for `at` and `fitnet`, beside the targets. */
export interface DistillSpec {
  kind: "distill";
  method: "kd" | "dkd" | "at" | "fitnet";
  temperature: number;
  soft: number;
  hard: number;
  labelSmoothing?: number;
}

/** How one method compares a student with its teacher: by the logits of any classifier, or by the last feature map. */
interface Method {
  ofLogits?(logits: Tensor, input: TaskInput, spec: DistillSpec): Tensor;
  ofFeatures?(features: Tensor, input: TaskInput): Tensor;
  parameters?(setting: TaskSetting): readonly Parameter[];
}

/** What makes feature losses as large as the others: the weights of RepDistiller (Tian et al. 2020). */
const [ATTENTION_WEIGHT, HINT_WEIGHT] = [1000, 100];
/** The share of the run over which DKD's weight grows: 20 of the 240 epochs of its paper. */
const DKD_RAMP = 20 / 240;
const PROJECTION = "task/projection";

const methods: Readonly<Record<DistillSpec["method"], Method>> = {
  kd: { ofLogits: (logits, { batch }, { temperature }) => kd(logits, batch["teacher"] as Tensor, temperature) },
  dkd: {
    ofLogits: (logits, { batch: { teacher, y }, progress }, { temperature }) =>
      tf.mul(dkd(logits, teacher as Tensor, y as Tensor, { temperature }), rampUp(progress, DKD_RAMP)),
  },
  at: {
    ofFeatures: (features, { batch }) =>
      tf.mul(attentionTransfer(features, batch["teacherFeatures"] as Tensor), ATTENTION_WEIGHT),
  },
  fitnet: {
    ofFeatures: (features, { batch, parameters }) =>
      tf.mul(hint(features, batch["teacherFeatures"] as Tensor, parameters[`${PROJECTION}/kernel`] as Tensor), HINT_WEIGHT),
    parameters: ({ net, shapes }) => {
      const [inputs, units] = [featureShape(net, LAST), shapes["teacherFeatures"] ?? []].map((it) => it.at(-1) ?? 0);
      return denseParameters(PROJECTION, inputs as number, { units: units as number, bias: false });
    },
  },
};

/**
 * A student learns from a teacher: `soft` times the method's loss, and `hard` times the cross-entropy with those labels that there are.
 * Batch: x [rows, …], y [rows, classes] with zeros for hidden labels, teacher [rows, classes] logits, and for `at` and `fitnet`
 * teacherFeatures [rows, height, width, channels].
 */
export const distill = (spec: DistillSpec, setting: TaskSetting): Task => {
  const { soft, hard, labelSmoothing } = spec;
  const { ofLogits, ofFeatures, parameters } = methods[spec.method];
  if (soft === 0 && hard === 0) throw new Error("With weights of 0 for teacher and labels there is nothing to learn.");
  return {
    arrays: ["x", "y", ofFeatures ? "teacherFeatures" : "teacher"],
    ...(ofFeatures ? { features: [LAST] } : {}),
    ...(parameters ? { parameters: parameters(setting) } : {}),
    run: (input) => {
      const labels = (logits: Tensor) =>
        hard === 0 ? {} : { labels: tf.mul(crossEntropy(logits, input.batch["y"] as Tensor, labelSmoothing), hard) };
      const teacher = (loss: Tensor | undefined) => (soft === 0 || !loss ? {} : { teacher: tf.mul(loss, soft) });
      const { logits, aux = [], features } = input.net(input.batch["x"] as Tensor);
      const compared = ofFeatures?.(features[LAST] as Tensor, input) ?? ofLogits?.(logits, input, spec);
      return {
        losses: {
          ...labels(logits),
          ...teacher(compared),
          ...auxiliary(aux.flatMap((it) => Object.values<Tensor>({ ...labels(it), ...teacher(ofLogits?.(it, input, spec)) }))),
        },
      };
    },
  };
};
