import sharp, { type Metadata } from "sharp";
import { describe, expect, it } from "vitest";
import { onlyOrientation } from "../../src/images/scrub/exif.ts";
import { scrub } from "../../src/images/scrub.ts";
import { pictureTypes, sniff } from "../../src/images/sniff.ts";
import { mutate } from "../helpers/mutate.ts";
import { secretPhotos, tells } from "../helpers/secretPhotos.ts";

/** Some for every run of the tests; MUTANTS=5000 is the long version. */
const MUTANTS = Number(process.env["MUTANTS"] ?? 100);
const SEED = 8;

const opens = (bytes: Uint8Array) =>
  sharp(bytes, { failOn: "truncated", limitInputPixels: 50e6 })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );

/** An Exif block without JPEG's marker in front of it and zeros around it. */
const withoutPadding = (exif: Uint8Array): string =>
  Buffer.from(exif).toString("latin1").replace(/^Exif/, "").replaceAll("\0", " ").trim();
const allowed = [new Uint8Array(), ...Array.from({ length: 8 }, (_, i) => onlyOrientation(i + 1))].map(withoutPadding);

/** What sharp still finds in a stored picture besides its looks; an Exif block may say the orientation, and be padded. */
const metadataIn = async (bytes: Uint8Array): Promise<string[]> => {
  const { exif, xmp, iptc, tifftagPhotoshop, comments } = await sharp(bytes)
    .metadata()
    .catch(() => ({}) as Metadata);
  const found = Object.entries({ iptc, tifftagPhotoshop, comments }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (xmp && !/^\s*$/.test(xmp.toString("latin1"))) found.push("xmp");
  if (!allowed.includes(withoutPadding(exif ?? Buffer.alloc(0)))) found.push("exif");
  return found;
};

describe.each(Object.keys(secretPhotos))("a %s with secrets wherever its format has room for them", (name) => {
  it("loses them and keeps its pixels", async () => {
    const photo = await (secretPhotos[name] as () => Promise<Buffer>)();
    expect(tells(photo)).toBe(true);
    const stored = scrub(photo);
    expect(tells(stored)).toBe(false);
    expect(await metadataIn(stored)).toEqual([]);
    expect(await sharp(stored).raw().toBuffer()).toEqual(await sharp(photo).raw().toBuffer());
    expect((await sharp(stored).metadata()).orientation).toBe((await sharp(photo).metadata()).orientation);
    expect(Buffer.from(scrub(stored))).toEqual(Buffer.from(stored));
  });

  it(`loses them in each of ${MUTANTS} mutants`, async () => {
    const photo = await (secretPhotos[name] as () => Promise<Buffer>)();
    const others = await Promise.all(["jpeg", "png", "tiff"].map((it) => (secretPhotos[it] as () => Promise<Buffer>)()));
    const counts = { mutants: 0, pictures: 0, open: 0, openAfter: 0, told: 0 };
    const survivors: { seed: number; why: string }[] = [];
    for (let seed = SEED * 1e6; counts.mutants < MUTANTS; seed++) {
      const mutant = mutate(photo, others, seed);
      counts.mutants++;
      const open = await opens(mutant);
      if (!pictureTypes.includes(sniff(mutant) ?? "")) {
        if (open) survivors.push({ seed, why: "sharp opens it, and we do not know it" });
        continue;
      }
      counts.pictures++;
      if (open) counts.open++;
      const stored = scrub(mutant);
      if (tells(stored)) survivors.push({ seed, why: `tells${open ? ", and opens" : ""}` });
      if (tells(stored) && open) counts.told++;
      if (!(await opens(stored))) continue;
      counts.openAfter++;
      const found = await metadataIn(stored);
      if (found.length > 0) survivors.push({ seed, why: found.join() });
    }
    if (process.env["MUTANTS"]) console.log(`${name}: ${JSON.stringify({ ...counts, survivors: survivors.length })}`);
    expect(survivors.slice(0, 20)).toEqual([]);
  }, 900_000);
});
