import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "./blobs.ts";

/** What one job keeps to go on from when it is tried again. */
export interface Checkpoints {
  /** Keeps bytes under a name, in the place of what was kept under it before. They are there whole or not at all. */
  save(name: string, bytes: Uint8Array): Promise<void>;
  /** The bytes that were saved last, on any host; undefined where there are none, or they were damaged. */
  load(name: string): Promise<Buffer | undefined>;
}

/** The checkpoints of all jobs. */
export interface CheckpointStore {
  of(job: string): Checkpoints;
  /** Ids of the jobs that have some. */
  jobs(): Promise<string[]>;
  /** Removes those of a job. */
  remove(job: string): Promise<void>;
}

const HASH_BYTES = 32;

/** A job's id, or a checkpoint's name, as the name of a file: nothing that leads elsewhere. */
const fileName = (text: string): string => {
  if (!/^[\w-][\w.-]*$/.test(text))
    throw new Error(`Expected a name of letters, digits, ".", "_" and "-", got ${JSON.stringify(text)}`);
  return text;
};

/** Checkpoints in the folder of the blobs, since that is what hosts share: a folder a job. Each file is the SHA-256 of its bytes, then the bytes. */
export const openCheckpoints = (blobsFolder: string): CheckpointStore => {
  const folder = join(blobsFolder, "checkpoints");
  const folderOf = (job: string) => join(folder, fileName(job));
  return {
    of: (job) => ({
      save: async (name, bytes) => {
        const path = join(folderOf(job), fileName(name));
        const draft = `${path}.${randomUUID()}.draft`;
        await mkdir(folderOf(job), { recursive: true });
        await writeFile(draft, [Buffer.from(hashOf(bytes), "hex"), bytes]);
        await rename(draft, path);
      },
      load: async (name) => {
        const file = await readFile(join(folderOf(job), fileName(name))).catch((error: NodeJS.ErrnoException) => {
          if (error.code === "ENOENT") return undefined;
          throw error;
        });
        const bytes = file?.subarray(HASH_BYTES);
        return bytes && hashOf(bytes) === file?.toString("hex", 0, HASH_BYTES) ? bytes : undefined;
      },
    }),
    jobs: () => readdir(folder).catch(() => []),
    remove: (job) => rm(folderOf(job), { recursive: true, force: true }),
  };
};
