import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Blobs } from "../../blobs/blobs.ts";
import { UserError } from "../../errors.ts";
import type { FileRef } from "../../files.ts";

/** A file that the asker named. A `UserError` when it cannot be read. */
export const readNamed = async (path: string): Promise<File> => {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError("unreadable_file", { path, code: cause.code ?? cause.message }, { cause });
  });
  return new File([bytes], basename(path));
};

/** Writes an answer's pictures and files into a folder, and says where. Of two with the same name, the later one gets a number. */
export const writeFiles = async (blobs: Pick<Blobs, "get">, files: readonly FileRef[], folder: string) => {
  if (files.length > 0) await mkdir(folder, { recursive: true });
  return Promise.all(
    files.map(async ({ name, blob, bytes }, index) => {
      const hasTwin = files.findIndex((file) => file.name === name) < index;
      const path = join(folder, basename(hasTwin ? `${index + 1}-${name}` : name));
      await writeFile(path, await blobs.get(blob));
      return { name, path, bytes };
    }),
  );
};
