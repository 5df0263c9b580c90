import { existsSync } from "node:fs";
import { cifar10Files, isCifar10Unpacked } from "./cifar10.ts";
import type { PublishedName } from "./dataSource.ts";
import { fashionMnistFiles } from "./fashionMnist.ts";
import { type PublishedFile, publishedPath } from "./published.ts";

const files: Readonly<Record<PublishedName, (root: string) => readonly PublishedFile[]>> = {
  shapes: () => [],
  cifar10: (root) => (isCifar10Unpacked(root) ? [] : cifar10Files),
  "fashion-mnist": () => fashionMnistFiles,
};

/** The files that have to be downloaded before a published data set can be read from the folder `root`. */
export const missingFiles = (name: PublishedName, root: string): readonly PublishedFile[] =>
  files[name](root).filter((it) => !existsSync(publishedPath(root, it)));
