import { UserError } from "../errors.ts";
import type { LabelledPicture } from "./dataSource.ts";
import type { Dataset, LabelledImages } from "./dataset.ts";
import { decodePhotos, measureNormalisation } from "./photos.ts";
import { classesOf, demandClasses, splitClass } from "./splitPictures.ts";

type Read = (blob: string) => Promise<Uint8Array>;

/**
 * A group's labelled pictures as a data set. `read` gives a picture's bytes; each is cut to a square of `size` pixels around its middle.
 * Classes are in alphabetical order. A picture is in the split that it was put in, or in that of its hash; those without a label are
 * left out: see `readUnlabelled`. Throws the UserErrors of `demandClasses`, and `one_sided_class` where a class was put into one split
 * only.
 */
export const readPictures = async (
  pictures: readonly LabelledPicture[],
  read: Read,
  size: number,
  name = "uploads",
): Promise<Dataset> => {
  const classes = classesOf(pictures);
  demandClasses(classes);
  const parts = classes.map((it) => splitClass(it.pictures));
  const open = (side: "train" | "test"): Promise<LabelledImages> => {
    const empty = parts.findIndex((it) => it[side].length === 0);
    if (empty >= 0) throw new UserError("one_sided_class", { name: classes[empty]?.name ?? "", side });
    return decodePhotos(
      parts.flatMap((it, label) => it[side].map(({ blob }) => ({ label, bytes: () => read(blob) }))),
      size,
    );
  };
  const train = await open("train");
  const test = await open("test");
  return { name, size, classes: classes.map((it) => it.name), normalisation: measureNormalisation(train), train, test };
};

/**
 * The pictures that nobody has labelled, in the order of their hashes, for what learns without labels: all `labels` are 0 and mean
 * nothing. Files that are no pictures are left out, since nobody has ever opened some of them.
 */
export const readUnlabelled = (pictures: readonly LabelledPicture[], read: Read, size: number): Promise<LabelledImages> => {
  const blobs = pictures.filter((it) => it.label === null).map((it) => it.blob);
  return decodePhotos(
    blobs.sort().map((blob) => ({ label: 0, bytes: () => read(blob) })),
    size,
    { skipUnreadable: true },
  );
};
