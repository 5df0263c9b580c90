import type { DataSource } from "./dataSource.ts";
import type { Dataset } from "./dataset.ts";
import { datasets } from "./index.ts";
import { readPictures } from "./pictures.ts";

/** Where a job finds what a source names. */
export interface LoadOptions {
  /** The folder of published archives. */
  folder: string;
  /** Image side in pixels for a group's own pictures: that of the network. */
  size: number;
  /** Bytes of a stored picture. */
  read(blob: string): Promise<Uint8Array>;
  /** Only the test pictures are looked at, so that the others need not be drawn. */
  testOnly?: boolean;
}

/** The published data set that this process opened last: a warm child opens it once. */
let opened: { name: string; folder: string; testOnly: boolean; dataset: Promise<Dataset> } | undefined;

/** Opens the data of a job. Throws `UserError`s where a group's pictures cannot be learned from, or an archive is missing. */
export const loadData = (source: DataSource, { folder, size, read, testOnly = false }: LoadOptions): Promise<Dataset> => {
  if (source.kind === "pictures") return readPictures(source.pictures, read, size, source.name);
  const { name } = source;
  if (opened?.name !== name || opened.folder !== folder || (opened.testOnly && !testOnly)) {
    const dataset = datasets[name]({ root: folder, size, testOnly });
    opened = { name, folder, testOnly, dataset };
    dataset.catch(() => {
      opened = undefined;
    });
  }
  return opened.dataset;
};
