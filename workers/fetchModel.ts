import { readFile, rm } from "node:fs/promises";
import { inspect } from "../src/inference/inspect.ts";
import type { Handler } from "../src/jobs/context.ts";
import { withCard } from "../src/models/cardMetadata.ts";
import { download } from "../src/models/download.ts";

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Downloads a model of the catalog and keeps it like an uploaded one. */
export const fetchModel: Handler<"fetchModel"> = async ({ entry }, { blobs, scratch, signal, report }) => {
  const heard = async (got: number) => {
    const share = `${megabytes(got)} / ${megabytes(entry.bytes)} MB`;
    await report({ done: got, of: entry.bytes, note: { en: `${entry.name}: ${share}`, ko: `${entry.name}: ${share}` } });
  };
  const path = await download(entry, scratch, signal, heard);
  const bytes = await readFile(path);
  const { name, preprocessing, labels, family, lineage, top1 } = entry;
  const card = {
    ...(await inspect(bytes, { name, file: `${name}.onnx`, preprocessing, labels })),
    fetched: entry.sha256,
    family,
    lineage,
    ...(top1 !== undefined && { metrics: { accuracy: top1 / 100 } }),
  };
  const file = await blobs.put(withCard(bytes, card), { name: `${name}.onnx`, type: "application/octet-stream" });
  await rm(path, { force: true });
  return { card, file };
};
