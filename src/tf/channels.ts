import { hasOwnOperations, run, runOne } from "./native.ts";
import { type Tensor, tf } from "./tf.ts";

/** The mean of every channel of a picture, [batch, height, width, channels] to [batch, channels]. */
export const channelMeans = (x: Tensor): Tensor => {
  if (!hasOwnOperations()) return tf.mean(x, [1, 2]);
  const [, height, width] = x.shape as [number, number, number, number];
  return tf.customGrad((x) => ({
    value: runOne("PeerlabChannelMeans", [x as Tensor], {}),
    gradFunc: (dy: Tensor) => runOne("PeerlabChannelMeansGrad", [dy], { height, width }),
  }))(x);
};

/** x [batch, height, width, channels] with every channel of a picture times its factor, [batch, channels]. */
export const scaleChannels = (x: Tensor, factors: Tensor): Tensor => {
  if (!hasOwnOperations()) return tf.mul(x, tf.reshape(factors, [-1, 1, 1, factors.shape[1] as number]));
  return tf.customGrad((x, factors, save) => {
    const inputs = [x as Tensor, factors as Tensor];
    (save as (them: Tensor[]) => void)(inputs);
    const gradients = (dy: Tensor, saved: Tensor[]) => run("PeerlabScaleChannelsGrad", [dy, ...saved], {}, 2);
    return { value: runOne("PeerlabScaleChannels", inputs, {}), gradFunc: gradients };
  })(x, factors);
};
