import { putPicture } from "../src/blobs/picture.ts";
import { runList as drawRuns } from "../src/draw/runList.ts";
import type { Handler } from "../src/jobs/context.ts";

/** Draws runs below each other. */
export const runList: Handler<"runList"> = async ({ runs, lang }, { blobs }) => {
  const alt = runs.map(({ title, subtitle }) => `${title}: ${subtitle}`).join("; ");
  return { picture: await putPicture(blobs, drawRuns(runs, lang), { name: "runs", alt }) };
};
