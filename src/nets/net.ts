import type { Builder } from "./builder.ts";

/** What a network says of one batch. `aux` are the logits of auxiliary classifiers, which exist only in training. */
export interface Outputs<T> {
  logits: T;
  aux?: readonly T[];
}

/** A network and every fact needed to use it, declared together so that they cannot drift apart. */
export interface Net {
  /** "resnet20": what commands, recipes and files call it. */
  name: string;
  family: string;
  paper: { title: string; authors: string; year: number; link: string };
  /** Height and width of its pictures in pixels. */
  size: number;
  forward<T>(b: Builder<T>, x: T, classes: number): Outputs<T>;
}
