import type { Card } from "../models/card.ts";
import { inputDims } from "./predict.ts";
import { withSession } from "./session.ts";

/** Passes that are timed. */
const PASSES = 9;

/** What one forward pass over one picture takes in ONNX Runtime on this machine, in milliseconds: the median of a few, warm. */
export const measureLatency = async (bytes: Uint8Array, card: Card): Promise<number> =>
  withSession(bytes, async (session) => {
    const { height, width } = card.input;
    const times: number[] = [];
    for (let pass = 0; pass < PASSES; pass++)
      times.push((await session.run(new Float32Array(3 * height * width), inputDims(card, 1))).ms);
    return times.sort((a, b) => a - b)[PASSES >> 1] as number;
  });
