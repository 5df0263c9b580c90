import type { Handler } from "../src/jobs/context.ts";

/** Trains what a spec says. */
export const run: Handler<"run"> = async ({ spec }) => {
  throw new Error(`Expected an experiment for ${spec.kind}`);
};
