import { MAX_LABEL } from "./dataSource.ts";

/** Where the folders of a zip put a picture. */
export interface Placed {
  label: string;
  split?: "train" | "test";
}

/** How the folders of splits are called, in small letters. */
const splitNames: Readonly<Record<string, "train" | "validation" | "test">> = {
  ...{ train: "train", training: "train", test: "test", testing: "test" },
  ...{ val: "validation", valid: "validation", validation: "validation" },
};

/** Deeper folders were not made by hand. */
const MAX_DEPTH = 8;

/** The parts of a path in a zip, or nothing for one that leads out of its folder, or that is no path. Some Windows programs write backslashes. */
export const pathParts = (path: string): string[] | undefined => {
  const parts = path.replaceAll("\\", "/").normalize("NFC").split("/");
  const isOutside = parts[0] === "" || /^[a-z]:$/i.test(parts[0] ?? "") || parts.includes("..");
  if (isOutside || path.includes("\0") || parts.length > MAX_DEPTH + 1) return undefined;
  return parts.filter((it) => it !== "" && it !== ".");
};

/** What systems and programs put into every folder: nobody meant it to be in a data set. */
export const isClutter = (parts: readonly string[]): boolean =>
  parts.some((it) => it.startsWith(".") || it === "__MACOSX" || /^(thumbs\.db|desktop\.ini)$/i.test(it));

const labelOf = (folder: string): string | undefined => {
  const label = folder
    .replace(/\p{Cc}/gu, "")
    .trim()
    .replace(/\s+/g, " ");
  return label.length > 0 && label.length <= MAX_LABEL ? label : undefined;
};

/**
 * The class and the split of pictures by the folders they lie in: class folders at the top, or in one folder with everything, or in
 * folders of splits; what is deeper in a class's folder belongs to the class. Validation pictures are test pictures where there is no
 * test folder, and else training pictures, since choices are made on a part of those. Undefined for a picture that lies in no class's
 * folder, or in one whose name is too long.
 */
export const placeByFolders = (files: readonly (readonly string[])[]): (Placed | undefined)[] => {
  let folders = files.map((it) => it.slice(0, -1));
  const inFolders = () => folders.filter((it) => it.length > 0);
  const splitOf = (it: readonly string[]) => (it.length > 1 ? splitNames[it[0]?.toLowerCase() ?? ""] : undefined);
  const hasSplits = () => {
    const all = inFolders();
    return all.length > 0 && all.every((it) => splitOf(it) !== undefined);
  };
  /** One folder around everything, perhaps in another. */
  const hasTop = () => {
    const [first, ...others] = inFolders();
    return first !== undefined && first.length > 1 && others.every((it) => it.length > 1 && it[0] === first[0]);
  };
  while (!hasSplits() && hasTop()) folders = folders.map((it) => it.slice(1));
  const splits = hasSplits() ? folders.map(splitOf) : [];
  const validation = splits.includes("test") ? "train" : "test";
  return folders.map((it, n) => {
    const split = splits[n];
    const label = labelOf((split ? it[1] : it[0]) ?? "");
    if (label === undefined) return undefined;
    return split ? { label, split: split === "validation" ? validation : split } : { label };
  });
};
