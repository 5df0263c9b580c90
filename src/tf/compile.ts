import { isNative, nativeBackend } from "./native.ts";
import { record } from "./record.ts";
import { TAG, throughFolder } from "./savedModel.ts";
import { type Tensor, tf } from "./tf.ts";

/** Tensors by name: what goes into a step and what comes out. */
export type Feed = Readonly<Record<string, Tensor>>;

/** A function of tensors alone. What it returns belongs to the caller; everything else it makes, it disposes of. */
export type Step = (feed: Feed) => Record<string, Tensor>;

export interface Compiled {
  run: Step;
  /** Operations of the graph; none where the step could not be recorded and runs one by one. */
  nodes: number;
  /** Why it could not be recorded. */
  eager?: string;
  dispose(): void;
}

const inTidy =
  (step: Step): Step =>
  (feed) =>
    tf.tidy(() => step(feed));

/**
 * Makes a step fast: it runs once on the example, recorded as one TensorFlow graph, and from then on TensorFlow runs that graph
 * as a whole, in parallel and optimised. The numbers stay the same, bit for bit. A step that cannot be recorded (no native
 * TensorFlow, a value looked at on the way) runs one operation at a time as before.
 *
 * Every input keeps the shape and type of the example; a Python-like branch of the step is frozen as the example took it.
 */
export const compile = (step: Step, example: Feed): Compiled => {
  const plain = inTidy(step);
  const asIs = (eager: string): Compiled => ({ run: plain, nodes: 0, eager, dispose: () => {} });
  if (!isNative()) return asIs("there is no native TensorFlow here");

  const names = Object.keys(example);
  const inOrder = (feed: Feed) => names.map((it) => feed[it] as Tensor);
  try {
    const recorded = record(inOrder(example), () => plain(example), Object.values<Tensor>);
    const keys = Object.keys(recorded.returned);
    tf.dispose(recorded.returned);
    const backend = nativeBackend();
    const id = throughFolder(recorded.nodes, (folder) => backend.binding.loadSavedModel(folder, TAG));
    const ins = [...recorded.inputs, ...recorded.constants.map((it) => it.name)].join();
    const outs = recorded.outputs.join();
    const constants = recorded.constants.map((it) => it.id);
    const run: Step = (feed) => {
      const ids = [...backend.getInputTensorIds(inOrder(feed)), ...constants];
      const handles = backend.binding.runSavedModel(id, ids, ins, outs);
      return Object.fromEntries(keys.map((key, i) => [key, backend.createOutputTensor(handles[i] as (typeof handles)[number])]));
    };
    const dispose = () => {
      backend.binding.deleteSavedModel(id);
      for (const it of constants) backend.binding.deleteTensor(it);
    };
    return { run, nodes: recorded.nodes.length, dispose };
  } catch (error) {
    return asIs(error instanceof Error ? error.message : `${error}`);
  }
};
