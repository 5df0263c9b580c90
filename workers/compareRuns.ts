import { putPicture } from "../src/blobs/picture.ts";
import { runComparison } from "../src/draw/runComparison.ts";
import type { Handler } from "../src/jobs/context.ts";
import { percent } from "../src/numbers.ts";

/** Draws two runs against each other. */
export const compareRuns: Handler<"compareRuns"> = async ({ title, runs, differences, lang }, { blobs }) => {
  const [a, b] = runs;
  const finals = runs.flatMap(({ name, arms }) =>
    arms.map((arm) => `${name} ${arm.name}: ${arm.accuracies.map(percent).join(", ")}`),
  );
  const image = runComparison({ title, runs, differences }, lang);
  const picture = await putPicture(blobs, image, { name: "compare", alt: [title, ...finals].join("; ") });
  return { picture, ids: [a.id, b.id] };
};
