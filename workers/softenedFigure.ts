import { putPicture } from "../src/blobs/picture.ts";
import { loadData } from "../src/data/load.ts";
import type { Handler } from "../src/jobs/context.ts";
import { drawSoftened } from "../src/runs/experiments/lessons/softened.ts";

const temperatures = [1, 2, 4, 8] as const;

/** Asks a model about the drawn test pictures, and shows its answer to one of them at each temperature. */
export const softenedFigure: Handler<"softenedFigure"> = async ({ model: { blob, card }, lang }, { blobs, dataFolder }) => {
  const source = { kind: "published", name: "shapes" } as const;
  const dataset = await loadData(source, { folder: dataFolder, size: 32, read: blobs.get, testOnly: true });
  const { image, alt } = await drawSoftened({ blob, card, bytes: await blobs.get(blob) }, dataset, temperatures, lang);
  return { picture: await putPicture(blobs, image, { name: "card-temperature", alt }) };
};
