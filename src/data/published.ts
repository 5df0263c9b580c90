import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { download, type RemoteFile } from "../models/download.ts";
import { alone } from "./alone.ts";

/** A file of a published data set, and the folder below that of all data sets where it lies. */
export interface PublishedFile extends RemoteFile {
  folder: string;
}

/** Where a published file lies below the folder of all data sets. */
export const publishedPath = (root: string, { folder, name }: Pick<PublishedFile, "folder" | "name">): string =>
  join(root, folder, name);

/**
 * The path of a published file below `root`, downloaded from its canonical address and checked unless it is there already. Several
 * processes may ask for it at once. Throws the `fetch_…` UserErrors of `download`.
 */
export const fetchPublished = async (
  root: string,
  file: PublishedFile,
  signal: AbortSignal = new AbortController().signal,
  onBytes: (bytes: number) => Promise<void> = async () => undefined,
): Promise<string> => {
  const path = publishedPath(root, file);
  if (existsSync(path)) return path;
  const folder = join(root, file.folder);
  await mkdir(folder, { recursive: true });
  await alone(`${path}.claim`, signal, async () => {
    if (!existsSync(path)) await rename(await download(file, folder, signal, onBytes), path);
  });
  return path;
};
