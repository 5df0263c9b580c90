import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBlobs } from "../src/blobs/blobs.ts";
import { openCache } from "../src/blobs/cache.ts";
import { openCheckpoints } from "../src/blobs/checkpoints.ts";
import { tileSize } from "../src/draw/sheet.ts";
import { decode } from "../src/images/decode.ts";
import type { Image } from "../src/images/image.ts";
import { drawRandAugment } from "../src/images/policy/bins.ts";
import { applySteps } from "../src/images/policy/operations.ts";
import type { JobContext } from "../src/jobs/context.ts";
import { seeded, subSeed } from "../src/random.ts";
import { policy } from "../workers/policy.ts";
import { matmulGflops } from "./matmul.ts";
import { inTurn, perSecond } from "./pairs.ts";
import { openPeer } from "./peer.ts";
import { twelveMegapixels } from "./twelveMegapixels.ts";

const SIDE = 32;
const SHEET = 640;
const SECONDS = 2;

/** The picture cut into tiles of 32 pixels. */
const cut = (photo: Image): Image[] =>
  Array.from({ length: (SHEET / SIDE) ** 2 }, (_, i) => {
    const [left, top] = [(i % (SHEET / SIDE)) * SIDE, Math.floor(i / (SHEET / SIDE)) * SIDE];
    const data = new Uint8Array(SIDE * SIDE * 3);
    for (let y = 0; y < SIDE; y++) {
      const from = ((top + y) * SHEET + left) * 3;
      data.set(photo.data.subarray(from, from + SIDE * 3), y * SIDE * 3);
    }
    return { width: SIDE, height: SIDE, data };
  });

/** RandAugment at 32 pixels (images a second), and a 12-megapixel JPEG to a sheet of 8 variants (sheets a second), one thread each. */
export const augment = async (say: (line: string) => void) => {
  const folder = await mkdtemp(join(tmpdir(), "peerlab-bench-"));
  const peer = await openPeer("transforms");
  say(peer ? `against torchvision ${peer.hello["version"]} over Pillow` : "torchvision is not installed here. Ours alone:");
  try {
    const bytes = await twelveMegapixels();
    const path = join(folder, "photo.jpg");
    await writeFile(path, bytes);
    const theirs = (what: "tiles" | "preview") =>
      peer &&
      (async () => {
        const command = { do: what, photo: path, seconds: SECONDS, ...tileSize };
        return (await peer.ask<{ perSecond: number }>(command)).perSecond;
      });

    const tiles = cut((await decode(bytes, { width: SHEET, height: SHEET, cover: true })).image);
    let drawn = 0;
    const allTiles = () => {
      for (const tile of tiles) applySteps(tile, drawRandAugment(seeded(subSeed(1, drawn++)), { n: 2, m: 9 }));
    };
    const blobs = openBlobs(join(folder, "blobs"));
    const context: JobContext = {
      id: "bench",
      blobs,
      checkpoints: openCheckpoints(join(folder, "blobs")).of("bench"),
      cache: openCache(join(folder, "blobs")),
      scratch: folder,
      signal: new AbortController().signal,
      report: async () => undefined,
      dependencies: async () => new Map(),
      dataFolder: "",
      maxMb: 4000,
      workShare: 1,
    };
    const image = await blobs.put(bytes, { name: "photo.jpg", type: "image/jpeg" });
    const preview = () =>
      policy({ image, policy: { kind: "randaugment", n: 2, m: 9 }, n: 8, seed: subSeed(2, drawn++), lang: "en" }, context);

    const results = [];
    for (const [net, pass, count, what] of [
      ["randaugment 32 px", allTiles, tiles.length, "tiles"],
      ["12-megapixel JPEG to 8 tiles", preview, 1, "preview"],
    ] as const) {
      await pass();
      const measured = await inTurn(() => perSecond(pass, count, SECONDS), theirs(what));
      say(`${net}: ${measured.ours} a second, torchvision ${measured.peer ?? "-"}, ratio ${measured.ratio ?? "-"}`);
      results.push({ net, ...measured });
    }
    // Nothing here multiplies matrices, so there is no peak to compare with.
    return { results, matmulGflops: await matmulGflops(undefined), fractionOfPeak: null };
  } finally {
    peer?.close();
    await rm(folder, { recursive: true, force: true });
  }
};
