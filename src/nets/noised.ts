import { describe } from "./backends/describe.ts";
import type { Builder } from "./builder.ts";
import type { Network } from "./net.ts";

/** What disturbs a network while it trains, as shares of what is dropped. */
export interface Noise {
  /** Of the features that the last layer reads (Srivastava et al. 2014). */
  dropout: number;
  /** Of the residual branches, whole, picture by picture: so many at the last block, fewer before it (Huang et al. 2016). */
  dropPath: number;
}

/**
 * The same network, disturbed in training: dropout before the last layer, and stochastic depth where it has residual branches. The same
 * parameters, and the same function when it does not train. For noisy students (Xie et al. 2020).
 */
export const noised = <N extends Network>(net: N, { dropout, dropPath }: Noise): N => {
  const branches = describe(net).layers.filter(({ kind }) => kind === "add").length;
  return {
    ...net,
    forward: <T>(b: Builder<T>, x: T, classes: number) => {
      let branch = 0;
      const builder: Builder<T> = {
        ...b,
        add: (y, shortcut) => b.add(b.dropPath(y, "noise", (dropPath * ++branch) / branches), shortcut),
        dense: (y, name, options) => b.dense(name === "head" ? b.dropout(y, "noise", dropout) : y, name, options),
      };
      return net.forward(builder, x, classes);
    },
  };
};
