import type { Network } from "../../src/nets/net.ts";

/** The smallest network with everything in it that a step treats apart: norms, biases, dropout, and if wanted an auxiliary classifier. */
export const tinyNet = ({ hasAuxiliary = false, dropout = 0.1 } = {}): Network => ({
  name: hasAuxiliary ? "tiny-auxiliary" : "tiny",
  size: 8,
  classes: 10,
  forward: (b, x, classes) => {
    const block = (y: typeof x, name: string) =>
      b.within(name, () => b.relu(b.batchNorm(b.conv(y, "conv", { filters: 8, kernel: 3, bias: false }), "norm")));
    const first = block(x, "stage1");
    const second = block(first, "stage2");
    const logits = b.dense(b.dropout(b.globalAveragePool(second), "dropout", dropout), "head", { units: classes });
    if (!hasAuxiliary || !b.training) return { logits };
    return { logits, aux: [b.dense(b.flatten(b.averagePool(first, { size: 4 })), "auxiliary", { units: classes })] };
  },
});
