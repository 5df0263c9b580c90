import { classesOf, type Labelled, splitClass } from "./splitPictures.ts";

/** What some system does not let stand in a file's name, and what leads to another folder. */
const UNFIT = /[\p{Cc}/\\:*?"<>|]/gu;
/** Names that Windows keeps for itself, whatever follows the first dot. */
const WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A class's name as a folder's. */
const folderOf = (label: string): string => {
  const name = label.replace(UNFIT, "_").replace(/^[. ]+|[. ]+$/g, (dots) => "_".repeat(dots.length));
  return WINDOWS.test(name) ? `_${name}` : name || "_";
};

/** As much of a hash as tells ten thousand pictures apart. */
const NAME_LENGTH = 16;

/**
 * Where each picture lies in a zip of class folders, without the ending of its name. Where somebody has put pictures into splits, the
 * class folders lie in `train` and `test`, so that an import puts them there again. Two classes never share a folder, on any system.
 */
export const exportPaths = (pictures: readonly Labelled[]): { blob: string; path: string }[] => {
  const hasSplits = pictures.some((it) => it.split !== undefined);
  const taken = new Set<string>();
  return classesOf(pictures).flatMap(({ name, pictures: own }) => {
    const wanted = folderOf(name);
    let folder = wanted;
    for (let n = 2; taken.has(folder.toLowerCase()); n++) folder = `${wanted} (${n})`;
    taken.add(folder.toLowerCase());
    const { train, test } = splitClass(own);
    const within = (top: string, some: readonly Labelled[]) =>
      some.map(({ blob }) => ({ blob, path: `${top}${folder}/${blob.slice(0, NAME_LENGTH)}` }));
    return hasSplits ? [...within("train/", train), ...within("test/", test)] : within("", [...train, ...test]);
  });
};
