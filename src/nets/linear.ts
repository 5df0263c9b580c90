import type { Network } from "./net.ts";

/**
 * A last layer alone, for features of this width that another network computed: multinomial logistic regression, whose parameters are
 * "head/kernel" [width, classes] and "head/bias" [classes]. Not in the table of networks, since no picture goes into it.
 */
export const linear = (width: number): Network => ({
  name: `linear${width}`,
  size: 1,
  input: [width],
  classes: 10,
  forward: (b, x, classes) => ({ logits: b.dense(x, "head", { units: classes }) }),
});
