import { zipped } from "../src/data/zip/write.ts";
import { UserError } from "../src/errors.ts";
import { sniff } from "../src/images/sniff.ts";
import type { Handler } from "../src/jobs/context.ts";

/** More than any chat takes, and than anybody downloads without noticing. */
const MAX_MB = 500;
const endings: Readonly<Record<string, string>> = {
  ...{ "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" },
  ...{ "image/gif": "gif", "image/avif": "avif", "image/tiff": "tif" },
};

/** Streams pictures into a zip in the blob store, one in memory at a time. */
export const exportPictures: Handler<"exportPictures"> = async ({ name, classes, pictures }, { blobs, signal, report }) => {
  const files = async function* () {
    for (const [done, { blob, path }] of pictures.entries()) {
      signal.throwIfAborted();
      await report({ done, of: pictures.length });
      const bytes = await blobs.get(blob);
      yield { path: `${path}.${endings[sniff(bytes) ?? ""] ?? "bin"}`, bytes };
    }
  };
  const limited = async function* () {
    let bytes = 0;
    for await (const part of zipped(files())) {
      bytes += part.length;
      if (bytes > MAX_MB * 1e6) throw new UserError("export_too_large", { maxMb: MAX_MB });
      yield part;
    }
  };
  const draft = await blobs.receive(limited());
  return { file: await draft.keep({ name: `${name}.zip`, type: "application/zip" }), pictures: pictures.length, classes };
};
