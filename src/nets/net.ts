import type { Text } from "../text.ts";
import type { Builder } from "./builder.ts";
import type { Weights } from "./weights.ts";

/** What a network says of one batch. `aux` are the logits of auxiliary classifiers, which exist only in training. */
export interface Outputs<T> {
  logits: T;
  aux?: readonly T[];
}

/** The families of networks, each in a file of its own. */
export type Family = "alexnet" | "vgg" | "googlenet" | "resnet" | "densenet" | "senet" | "efficientnet" | "airbench";

/** What all networks of a family share: whose it is, what it does differently, and what a study group takes home from it. */
export interface FamilyCard {
  family: Family;
  paper: { title: string; authors: string; year: number; link: string };
  /** The idea in a sentence. */
  idea: Text;
  /** What it taught, with a figure that can be checked. */
  lesson: Text;
}

/** Pictures as a network sees them: [count, size, size, 3], normalised as for training. */
export interface NormalisedImages {
  count: number;
  size: number;
  data: Float32Array;
}

/** What it takes to train, evaluate and write a network. */
export interface Network {
  /** "resnet20": what commands and recipes call it. A model trained on it is called "resnet20.cifar10". */
  name: string;
  /** Height and width of its pictures in pixels. */
  size: number;
  /** The shape of one row where it is fed something else than pictures of [size, size, 3]: features that another network computed. */
  input?: readonly number[];
  /** How many classes its published figures are for: 1000 for ImageNet, 10 for CIFAR-10. `forward` takes any number. */
  classes: number;
  family?: Family;
  forward<T>(b: Builder<T>, x: T, classes: number): Outputs<T>;
  /** Parameters that begin as training pictures say and not by chance, by name. A few thousand pictures are enough. */
  begin?(pictures: NormalisedImages): Weights;
}

/** A network and every fact needed to use it, declared together so that they cannot drift apart. */
export interface Net extends Network, FamilyCard {
  family: Family;
  /** Of residual networks: which of the paper's two blocks they are made of. */
  block?: "basic" | "bottleneck";
  /** The network that this one equals but for its shortcuts, which are left out for comparison. */
  plainTwinOf?: string;
  /** Of GoogLeNet: its modules have no 1x1 reductions, for comparison. */
  unreduced?: true;
  /** How a network that is there for comparison differs from the one that it is compared with, in a sentence. */
  variant?: Text;
}

/** The shape of one row of what a network is fed, without the batch. */
export const inputShape = ({ input }: Pick<Network, "input">, size: number): readonly number[] => input ?? [size, size, 3];

/** Makes networks of one family out of their plans. Pictures up to 32 pixels are CIFAR-10's, larger ones ImageNet's. */
export const familyOf =
  <P>(card: FamilyCard, forward: <T>(b: Builder<T>, x: T, classes: number, plan: P) => Outputs<T>) =>
  (name: string, size: number, plan: P): Net => ({
    ...card,
    name,
    size,
    classes: size > 32 ? 1000 : 10,
    forward: (b, x, classes) => forward(b, x, classes, plan),
  });
