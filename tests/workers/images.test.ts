import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { FileRef } from "../../src/files.ts";
import { augmentationNames } from "../../src/images/augment/names.ts";
import { contracts, type JobInput } from "../../src/jobs/contracts.ts";
import { augment } from "../../workers/augment.ts";
import { mix } from "../../workers/mix.ts";
import { policy } from "../../workers/policy.ts";
import { newJobContext } from "../helpers/jobContext.ts";
import { landscape } from "../helpers/pictures.ts";

let context: Awaited<ReturnType<typeof newJobContext>>;
let photo: FileRef;
let upright: FileRef;
beforeAll(async () => {
  context = await newJobContext();
  photo = await context.blobs.put(await landscape(), { name: "hills.jpg", type: "image/jpeg" });
  upright = await context.blobs.put(await landscape(300, 600), { name: "tower.jpg", type: "image/jpeg" });
});
const augmented = async (more: Partial<JobInput<"augment">>) => {
  const input = { image: photo, op: "rotate" as const, strength: 0.5, n: 8, seed: 1, lang: "en" as const, ...more };
  return contracts.augment.output.parse(await augment(input, context));
};

describe("augment", () => {
  it("makes a sheet of the original and n variants, each with its operation and value", async () => {
    const { picture, tiles, firstFrame } = await augmented({});
    expect(tiles).toHaveLength(8);
    for (const { op, params, caption } of tiles) {
      expect(op).toBe("rotate");
      expect(caption).toBe(`rotate ${(params["degrees"] as number).toFixed(0).replace("-", "−")}°`);
    }
    expect(firstFrame).toBe(false);
    expect(picture).toMatchObject({ type: "image/jpeg", width: 1080, name: "augment-rotate-1.jpg" });
    expect(picture.alt).toContain(tiles[3]?.caption);
    const seen = await sharp(await context.blobs.get(picture.blob)).metadata();
    expect([seen.width, seen.height]).toEqual([picture.width, picture.height]);
  });

  it("says where each tile lies on the sheet, and what stands below it", async () => {
    const { picture, tiles } = await augmented({ n: 3 });
    const { regions = [] } = picture;
    expect(regions.map((it) => it.caption)).toEqual(["original", ...tiles.map((it) => it.caption)]);
    expect(regions.map((it) => it.isReference)).toEqual([true, undefined, undefined, undefined]);
    // The first is the photo itself: what lies there looks like it.
    const at = async (bytes: Buffer, region?: (typeof regions)[number]) => {
      const opened = sharp(bytes);
      return (region ? opened.extract(region) : opened).resize(8, 8, { fit: "fill" }).removeAlpha().raw().toBuffer();
    };
    const [seen, photographed] = [
      await at(await context.blobs.get(picture.blob), regions[0]),
      await at(await context.blobs.get(photo.blob)),
    ];
    const apart = seen.reduce((sum, it, i) => sum + Math.abs(it - (photographed[i] as number)), 0) / seen.length;
    expect(apart).toBeLessThan(6);
  });

  it("makes one tile as large as the picture, with the sheet's parameters and its Python; 0 is the original", async () => {
    const [sheet, one, none] = [await augmented({}), await augmented({ tile: 3 }), await augmented({ tile: 0 })];
    expect(one.tiles).toEqual([sheet.tiles[2]]);
    expect(one.tiles[0]?.python).toMatch(/^F\.rotate\(image, -?[\d.]+, /);
    const full = await sharp(await context.blobs.get(photo.blob)).metadata();
    expect([one, none].map(({ picture: { width, height } }) => [width, height])).toEqual(
      Array(2).fill([full.width, full.height]),
    );
    expect([one.picture.alt, none.picture.alt, none.tiles]).toEqual([sheet.tiles[2]?.caption, "the original", []]);
    await expect(augmented({ n: 2, tile: 3 })).rejects.toMatchObject({
      mistake: { code: "no_such_tile", facts: { tile: 3, of: 2 } },
    });
  });

  it("gives the same bytes for the same seed, and others for another", async () => {
    const [once, again, other] = [await augmented({}), await augmented({}), await augmented({ seed: 2 })];
    expect(again.picture).toEqual(once.picture);
    expect(again.tiles).toEqual(once.tiles);
    expect(other.picture.blob).not.toBe(once.picture.blob);
  });

  it("shows each operation once, at work, when none is named", async () => {
    const { op: _, ...all } = { image: photo, op: undefined, strength: 0.5, n: 8, seed: 3, lang: "ko" as const };
    const { tiles } = await augment(all, context);
    expect(tiles.map((it) => it.op)).toEqual(augmentationNames);
    expect(tiles.find((it) => it.op === "flip")?.params).toEqual({ done: 1 });
    for (const { caption } of tiles) expect(caption).toMatch(/[가-힣]/);
  });

  it("says when only the first frame of an animation was used", async () => {
    const frames = Uint8Array.from({ length: 2 * 20 * 10 * 3 }, (_, i) => (i * 11) % 256);
    const gif = await sharp(frames, { raw: { width: 20, height: 20, channels: 3, pageHeight: 10 } })
      .gif()
      .toBuffer();
    const image = await context.blobs.put(gif, { name: "moves.gif", type: "image/gif" });
    expect((await augmented({ image, n: 1 })).firstFrame).toBe(true);
  });

  it("tells a peer what is wrong with a picture that cannot be read", async () => {
    const image = await context.blobs.put(Buffer.from("not a picture"), { name: "photo.jpg", type: "image/jpeg" });
    await expect(augmented({ image })).rejects.toMatchObject({ mistake: { code: "not_a_photo" } });
  });

  it("stops when it is cancelled", async () => {
    const signal = AbortSignal.abort(new Error("cancelled"));
    await expect(augment({ image: photo, strength: 0.5, n: 8, seed: 1, lang: "en" }, { ...context, signal })).rejects.toThrow(
      "cancelled",
    );
  });
});

describe("policy", () => {
  const run = async (policyOf: JobInput<"policy">["policy"]) =>
    contracts.policy.output.parse(await policy({ image: photo, policy: policyOf, n: 8, seed: 5, lang: "en" }, context));

  it("lists under each tile what RandAugment drew, with values", async () => {
    const { tiles, picture } = await run({ kind: "randaugment", n: 3, m: 9 });
    expect(tiles).toHaveLength(8);
    for (const { ops } of tiles) expect(ops).toHaveLength(3);
    expect(picture.name).toBe("randaugment-5.jpg");
    expect((await run({ kind: "randaugment", n: 3, m: 9 })).picture).toEqual(picture);
  });

  it("runs timm's policies and TrivialAugmentWide", async () => {
    const timm = await run({ kind: "timm", m: 9, n: 2, p: 0.5, mstd: 0.5, mmax: 10, inc: true });
    expect(timm.tiles.flatMap((it) => it.ops).length).toBeGreaterThan(0);
    expect((await run({ kind: "trivialaugment" })).tiles.every((it) => it.ops.length === 1)).toBe(true);
  });
});

describe("mix", () => {
  const run = async (how: "cutmix" | "mixup", a = photo, b = upright) =>
    contracts.mix.output.parse(await mix({ how, a, b, alpha: 1, seed: 7, lang: "en" }, context));

  it("weighs the labels by the box that CutMix really covered, on pictures of different shapes", async () => {
    const { weights, box, size, picture } = await run("cutmix");
    expect(size.width / size.height).toBeCloseTo(640 / 480, 1);
    expect(weights.a + weights.b).toBeCloseTo(1, 12);
    if (!box) throw new Error("Expected a box");
    expect(weights.b).toBeCloseTo(((box.right - box.left) * (box.bottom - box.top)) / (size.width * size.height), 12);
    expect(picture.alt).toContain(`${weights.a.toFixed(2)} a`);
  });

  it("takes the drawn weight as it is for MixUp, and the shape of a", async () => {
    const { weights, drawn, box, size } = await run("mixup", upright, photo);
    expect(weights.a).toBe(drawn);
    expect(box).toBeUndefined();
    expect(size.height / size.width).toBeCloseTo(2, 1);
  });
});
