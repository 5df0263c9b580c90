import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { download, type RemoteFile } from "../models/download.ts";

/**
 * The path of a published file below `folder`, downloaded from its canonical address and checked unless it is there already.
 * Throws the `fetch_…` UserErrors of `download`.
 */
export const fetchPublished = async (folder: string, file: string, wanted: Omit<RemoteFile, "name">): Promise<string> => {
  const path = join(folder, file);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const { signal } = new AbortController();
  await rename(await download({ name: file, ...wanted }, folder, signal, async () => undefined), path);
  return path;
};
