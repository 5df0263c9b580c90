import { once } from "node:events";
import type { PassThrough } from "node:stream";
import { ZipFile } from "yazl";

/** A file that is put into a zip. */
export interface FileToZip {
  path: string;
  bytes: Buffer;
}

/** The moment that all entries bear, so that the same files give the same zip: the first that the format can say, which knows no time zones. */
const MADE = new Date(1980, 0, 1);

/**
 * A zip of files as a stream: the next one is read when the one before has gone. Pictures are compressed already, so they are stored as
 * they are. Names are UTF-8. Ends with the error that `files` throws.
 */
export const zipped = (files: AsyncIterable<FileToZip>): AsyncIterable<Buffer> => {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  const add = async () => {
    for await (const { path, bytes } of files) {
      zip.addBuffer(bytes, path, { compress: false, mtime: MADE, forceDosTimestamp: true });
      if (output.writableNeedDrain) await once(output, "drain");
    }
    zip.end();
  };
  add().catch((error: Error) => output.destroy(error));
  return output;
};
