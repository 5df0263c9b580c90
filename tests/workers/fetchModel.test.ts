import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readCard } from "../../src/models/cardMetadata.ts";
import { CatalogEntry, catalog } from "../../src/models/catalog.ts";
import { readPreprocessing } from "../../src/models/preprocessing.ts";
import { readModel } from "../../src/onnx/file.ts";
import { fetchModel } from "../../workers/fetchModel.ts";
import { serveFile } from "../helpers/fileServer.ts";
import { newJobContext } from "../helpers/jobContext.ts";
import { plainly, smallModel } from "../helpers/onnxModels.ts";

const small = smallModel();
const sha256 = createHash("sha256").update(small).digest("hex");
const entry = {
  name: "small",
  family: "Tiny",
  bytes: small.length,
  sha256,
  preprocessing: plainly,
  labels: "cifar10",
  top1: 10,
  lineage: { licence: "MIT" },
} as const;

describe("fetching a model", () => {
  it("keeps it with its card inside, and nothing half-done beside it", async () => {
    await using server = await serveFile(small);
    const context = await newJobContext();
    const { card, file } = await fetchModel({ entry: { ...entry, urls: [server.url] } }, context);
    expect(card).toMatchObject({
      name: "small",
      family: "Tiny",
      params: 30,
      macs: 30,
      metrics: { accuracy: 0.1 },
      lineage: { licence: "MIT" },
    });
    expect(readCard(readModel(await context.blobs.get(file.blob)))).toEqual(card);
    expect(await readdir(context.scratch)).toEqual([]);
    expect(context.reports[0]).toMatchObject({ of: small.length, note: { en: expect.stringContaining("small") } });
  });

  it("keeps nothing when the bytes differ", async () => {
    await using server = await serveFile(Buffer.from(small).fill(0));
    const context = await newJobContext();
    await expect(fetchModel({ entry: { ...entry, urls: [server.url] } }, context)).rejects.toThrow(/SHA-256/);
    expect(await readdir(context.scratch)).toEqual([]);
  });
});

describe("the catalog", () => {
  it.each(catalog)("$name is complete", (it) => {
    expect(CatalogEntry.parse(it)).toEqual(it);
    expect(readPreprocessing(it.preprocessing, 224).crop).toBe(224);
  });

  const record = "../shared/reference/imagenet-catalog.md";
  it.skipIf(!existsSync(record))("says what the Model Zoo's record says (needs ../shared/reference)", () => {
    const rows = readFileSync(record, "utf8")
      .split("\n")
      .filter((it) => /[0-9a-f]{64}/.test(it))
      .map((it) => it.split("|").map((cell) => cell.trim()));
    const known = rows.map(([, , name, origin, bytes, hash]) => `${name} ${origin} ${bytes} ${hash}`).sort();
    const ours = catalog
      .map(
        ({ name, urls, bytes, sha256: hash }) =>
          `${name} ${/Opset17_(torch_hub|timm)/.exec(urls[0] ?? "")?.[1]} ${bytes} ${hash}`,
      )
      .sort();
    expect(ours).toEqual(known);
  });
});
