import type { Padding } from "./builder.ts";

/** How a window slides along one side of a picture, in pixels. */
export interface Slide {
  /** Zero (for a maximum: -∞) pixels added before and after. */
  before: number;
  after: number;
  /** How many places the window stops at: the side of what comes out. */
  out: number;
}

export interface Window {
  kernel: number;
  stride: number;
  padding: Padding;
  /** As PyTorch's ceil_mode: a last window that hangs over the edge counts, if it begins inside. */
  ceil?: boolean;
}

/**
 * TensorFlow's "same" pads so that `out` is side / stride rounded up, and puts the odd pixel at the end; so with stride 2 it
 * is not what PyTorch's symmetric `padding=1` does. Both are said here once, for every reader.
 */
export const slide = (side: number, { kernel, stride, padding, ceil = false }: Window): Slide => {
  if (padding === "same") {
    const out = Math.ceil(side / stride);
    const total = Math.max(0, (out - 1) * stride + kernel - side);
    return { before: Math.floor(total / 2), after: Math.ceil(total / 2), out };
  }
  const pad = padding === "valid" ? 0 : padding;
  const steps = (side + 2 * pad - kernel) / stride;
  if (steps < 0) throw new Error(`A window of ${kernel} does not fit into ${side} pixels padded by ${pad}.`);
  const hanging = ceil && (Math.floor(steps) + 1) * stride < side + pad ? Math.ceil(steps) : Math.floor(steps);
  const overhang = hanging * stride + kernel - (side + 2 * pad);
  return { before: pad, after: pad + Math.max(0, overhang), out: hanging + 1 };
};
