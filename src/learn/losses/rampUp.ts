import { type Tensor, tf } from "../../tf/tf.ts";

/** A weight that grows linearly: 0 at the beginning of a run, 1 from `ramp` of it on. `progress`, a scalar, and `ramp` are shares of the run. */
export const rampUp = (progress: Tensor, ramp: number): Tensor =>
  ramp === 0 ? tf.onesLike(progress) : tf.minimum(1, tf.div(progress, ramp));
