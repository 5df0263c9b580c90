import { readFile, rm } from "node:fs/promises";
import { inspect } from "../src/inference/inspect.ts";
import type { Handler } from "../src/jobs/context.ts";
import { writeCard } from "../src/models/cardMetadata.ts";
import { download } from "../src/models/download.ts";
import { fileSize } from "../src/numbers.ts";

/** Downloads a model of the catalog and keeps it like an uploaded one. */
export const fetchModel: Handler<"fetchModel"> = async ({ entry }, { blobs, scratch, signal, report }) => {
  const heard = async (got: number) => {
    const share = `${fileSize(got)} / ${fileSize(entry.bytes)}`;
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
  const file = await blobs.put(writeCard(bytes, card), { name: `${name}.onnx`, type: "application/octet-stream" });
  await rm(path, { force: true });
  return { card, file };
};
