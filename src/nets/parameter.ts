import type { ConvOptions, Initialiser } from "./builder.ts";

/** `mean` and `variance` are measured while training (moving averages of batch normalisation); the others are trained. */
export type ParameterKind = "kernel" | "bias" | "gamma" | "beta" | "mean" | "variance";

/** One array of numbers of a network, under the name that training, checkpoints and ONNX files know it by. */
export interface Parameter {
  /** "stage1/block2/conv1/kernel" */
  name: string;
  kind: ParameterKind;
  /** Convolutions as [height, width, inputs / groups, filters], dense layers as [inputs, units], the rest as [channels]. */
  shape: readonly number[];
  initialiser: Initialiser;
  /** Whether a training step may change it. Moving averages may not: they follow what the layer sees. */
  trained: boolean;
}

/** Weight decay is for kernels only: a decayed bias or norm only fights the data (He et al. 2018, "Bag of tricks"). */
export const isDecayed = ({ kind, trained }: Parameter): boolean => kind === "kernel" && trained;

/** How many numbers it holds. */
export const elementCount = ({ shape }: { shape: readonly number[] }): number => shape.reduce((product, it) => product * it, 1);

/** What papers count as parameters: everything but the moving averages. */
const isCounted = ({ kind }: Parameter): boolean => kind !== "mean" && kind !== "variance";

/** How many numbers of a network count as its parameters. */
export const countParameters = (parameters: readonly Parameter[]): number =>
  parameters.filter(isCounted).reduce((sum, it) => sum + elementCount(it), 0);

/** The parameters of a convolution over `inputs` channels. */
export const convParameters = (path: string, inputs: number, options: ConvOptions): Parameter[] => {
  const { filters, kernel, groups = 1, bias = true, initialiser = "he", frozen = false } = options;
  const shape = [kernel, kernel, inputs / groups, filters];
  return [
    { name: `${path}/kernel`, kind: "kernel", shape, initialiser, trained: !frozen },
    ...(bias ? [{ name: `${path}/bias`, kind: "bias", shape: [filters], initialiser: "zeros", trained: true } as const] : []),
  ];
};

/** The parameters of a batch normalisation; without `scale` there is no gamma. */
export const batchNormParameters = (path: string, channels: number, { scale = true }: { scale?: boolean } = {}): Parameter[] => {
  const one = (kind: ParameterKind, initialiser: Initialiser, trained: boolean): Parameter => ({
    name: `${path}/${kind}`,
    kind,
    shape: [channels],
    initialiser,
    trained,
  });
  return [
    ...(scale ? [one("gamma", "ones", true)] : []),
    one("beta", "zeros", true),
    one("mean", "zeros", false),
    one("variance", "ones", false),
  ];
};

/** The parameters of a dense layer over `inputs` features. */
export const denseParameters = (
  path: string,
  inputs: number,
  { units, bias = true, initialiser = "glorot" }: { units: number; bias?: boolean; initialiser?: Initialiser },
): Parameter[] => [
  { name: `${path}/kernel`, kind: "kernel", shape: [inputs, units], initialiser, trained: true },
  ...(bias ? [{ name: `${path}/bias`, kind: "bias", shape: [units], initialiser: "zeros", trained: true } as const] : []),
];
