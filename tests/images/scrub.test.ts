import { Buffer } from "node:buffer";
import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { scrub } from "../../src/images/scrub.ts";
import { sniff } from "../../src/images/sniff.ts";

const SECRET = "Seoul-Mapo-42";
const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="37,33.98N" exif:GPSAreaInformation="${SECRET}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
const width = 32;
const height = 20;
const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 256);

const formats = {
  jpeg: (it: Sharp) => it.jpeg({ quality: 90 }),
  progressive: (it: Sharp) => it.jpeg({ progressive: true }),
  png: (it: Sharp) => it.png(),
  webp: (it: Sharp) => it.webp({ lossless: true }),
  tiff: (it: Sharp) => it.tiff({ compression: "lzw" }),
  avif: (it: Sharp) => it.avif({ lossless: true, effort: 0 }),
} as const;

/** A photo that says where it was taken, in Exif and in XMP, and that lies on its side. */
const photo = (format: keyof typeof formats, orientation = 6): Promise<Buffer> =>
  formats[format](
    sharp(pixels, { raw: { width, height, channels: 3 } })
      .withExif({
        IFD0: { Artist: SECRET },
        IFD2: { UserComment: SECRET },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 59/1", GPSLongitudeRef: "E", GPSLongitude: "126/1 54/1 7/1" },
      })
      .withXmp(xmp)
      .withMetadata({ orientation }),
  ).toBuffer();

const GPS_DIRECTORY = Buffer.from("8825", "hex");
const raw = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();

describe.each(Object.keys(formats) as (keyof typeof formats)[])("scrub %s", (format) => {
  it("takes the position and the names out, in Exif and in XMP", async () => {
    const before = await photo(format);
    const was = await sharp(before).metadata();
    // libtiff does not write a GPS directory into a TIFF; the test of Exif blocks below covers that.
    if (format !== "tiff") expect(was.exif?.includes(Buffer.from(GPS_DIRECTORY).reverse())).toBe(true);
    expect(was.xmp?.includes(SECRET)).toBe(true);
    const after = Buffer.from(scrub(before));
    expect(after.includes(SECRET)).toBe(false);
    expect(after.includes("GPSLatitude")).toBe(false);
    const is = await sharp(after).metadata();
    expect(is.xmp?.toString().trim() ?? "").toBe("");
    expect(is.exif?.includes(GPS_DIRECTORY) ?? false).toBe(false);
    expect(is.exif?.includes(Buffer.from(GPS_DIRECTORY).reverse()) ?? false).toBe(false);
  });

  it("keeps every pixel, the orientation and the size of the picture", async () => {
    const before = await photo(format);
    const after = scrub(before);
    expect(await raw(after)).toEqual(await raw(before));
    const [was, is] = [await sharp(before).metadata(), await sharp(after).metadata()];
    expect(is.orientation).toBe(was.orientation);
    expect([is.width, is.height, is.format]).toEqual([was.width, was.height, was.format]);
  });

  it("finds nothing more to do the second time, and never writes into its input", async () => {
    const before = await photo(format);
    const copy = Buffer.from(before);
    const once = scrub(before);
    expect(before).toEqual(copy);
    expect(scrub(once)).toEqual(once);
  });

  it("never throws on a damaged file", async () => {
    const before = await photo(format);
    fc.assert(
      fc.property(
        fc.nat(before.length),
        fc.array(fc.tuple(fc.nat(before.length - 1), fc.nat(255)), { maxLength: 12 }),
        (length, changes) => {
          const damaged = Uint8Array.from(before);
          for (const [at, value] of changes) damaged[at] = value;
          expect(scrub(damaged.subarray(0, length))).toBeInstanceOf(Uint8Array);
          expect(scrub(damaged)).toBeInstanceOf(Uint8Array);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** What cameras, phones and programs write besides the plain kind. */
const flavours: Readonly<Record<string, (it: Sharp) => Sharp>> = {
  "CMYK JPEG": (it) => it.toColourspace("cmyk").jpeg(),
  "grey JPEG of many scans": (it) => it.greyscale().jpeg({ optimiseScans: true, progressive: true }),
  "JPEG without halved colours": (it) => it.jpeg({ chromaSubsampling: "4:4:4", mozjpeg: true }),
  "interlaced PNG of 16 bits": (it) => it.toColourspace("rgb16").png({ progressive: true }),
  "PNG with a palette, see-through": (it) => it.ensureAlpha(0.5).png({ palette: true }),
  "see-through WebP": (it) => it.ensureAlpha(0.5).webp(),
  "see-through AVIF": (it) => it.ensureAlpha(0.5).avif({ effort: 0 }),
  "AVIF of 10 bits": (it) => it.avif({ bitdepth: 10, effort: 0 }),
  "interlaced GIF": (it) => it.gif({ progressive: true }),
  "TIFF as it is": (it) => it.tiff({ compression: "none" }),
  "tiled TIFF": (it) => it.tiff({ compression: "deflate", predictor: "horizontal", tile: true, tileWidth: 16, tileHeight: 16 }),
  "TIFF of JPEG tiles": (it) => it.tiff({ compression: "jpeg", tile: true, tileWidth: 16, tileHeight: 16 }),
  "TIFF beyond 4 GB": (it) => it.tiff({ bigtiff: true }),
  "CMYK TIFF": (it) => it.toColourspace("cmyk").tiff({ compression: "packbits" }),
};

describe.each(Object.entries(flavours))("a %s", (_, flavour) => {
  it("is sound: every pixel stays, and its colour profile", async () => {
    const photo = sharp(pixels, { raw: { width, height, channels: 3 } }).resize(75, 50, { fit: "fill" });
    for (const it of [flavour(photo.clone()), flavour(photo.clone()).withIccProfile("p3")]) {
      const before = await it.toBuffer();
      const after = scrub(before);
      expect(await raw(after)).toEqual(await raw(before));
      expect((await sharp(after).metadata()).icc).toEqual((await sharp(before).metadata()).icc);
    }
  });
});

describe("scrub", () => {
  it("keeps a colour profile, because without it the colours change", async () => {
    const before = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .withIccProfile("p3")
      .jpeg()
      .toBuffer();
    const is = await sharp(scrub(before)).metadata();
    expect(is.icc).toEqual((await sharp(before).metadata()).icc);
  });

  it("cuts off what a phone appends behind a JPEG or PNG: a film, with its own position", async () => {
    for (const format of ["jpeg", "png"] as const) {
      const after = Buffer.from(scrub(Buffer.concat([await photo(format), Buffer.from(`ftypmp42 ${SECRET}`)])));
      expect(after.includes(SECRET)).toBe(false);
    }
  });

  it("takes comments and XMP out of a GIF, and keeps its frames", async () => {
    const frames = sharp(Buffer.concat([pixels, pixels.map((it) => 255 - it)]), {
      raw: { width, height: 2 * height, channels: 3, pageHeight: height },
    });
    const gif = await frames.gif({ loop: 3, delay: [100, 100] }).toBuffer();
    const comment = Buffer.concat([Buffer.from([0x21, 0xfe, SECRET.length]), Buffer.from(SECRET), Buffer.from([0])]);
    const start = 13 + 3 * 2 ** (((gif[10] as number) & 7) + 1);
    const before = Buffer.concat([gif.subarray(0, start), comment, gif.subarray(start)]);
    const after = scrub(before);
    expect(Buffer.from(after)).toEqual(gif);
    expect((await sharp(after, { animated: true }).metadata()).pages).toBe(2);
  });

  it("takes the GPS directory out of a TIFF, in either byte order", async () => {
    const block = (await sharp(await photo("jpeg")).metadata()).exif as Buffer;
    const little = block.subarray(6); // A block of Exif is itself a TIFF without a picture.
    expect(little.includes(SECRET)).toBe(true);
    const after = Buffer.from(scrub(little));
    expect(after.includes(SECRET)).toBe(false);
    expect(after.includes(Buffer.from(GPS_DIRECTORY).reverse())).toBe(false);
    // Two entries at 8: orientation 6 and a GPS directory at 38, whose one entry's three fractions lie at 56.
    const big = Buffer.alloc(80, 0xee);
    const numbers =
      "4d4d002a00000008 0002 0112 0003 00000001 00060000 8825 0004 00000001 00000026 00000000 0001 0002 0005 00000003 00000038 00000000";
    Buffer.from(numbers.replaceAll(" ", ""), "hex").copy(big);
    const clean = Buffer.from(scrub(big));
    expect(clean.subarray(0, 26).toString("hex")).toBe(
      `4d4d002a00000008 0001 0112 0003 00000001 00060000 00000000`.replaceAll(" ", ""),
    );
    expect(clean.subarray(38).every((it) => it === 0)).toBe(true);
  });

  it("leaves files alone that are not photos", () => {
    const onnx = Uint8Array.of(8, 7, 18, 4);
    expect(scrub(onnx)).toBe(onnx);
  });

  it("never throws on rubbish, whatever it claims to be", () => {
    const starts = [
      "\xff\xd8\xff",
      "\x89PNG\r\n\x1a\n",
      "RIFF\xff\0\0\0WEBP",
      "GIF89a",
      "II*\0",
      "MM\0*",
      "II+\0",
      "\0\0\0\x1cftypavif\0\0\0\0mif1avif",
      "",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        const bytes = Buffer.concat([Buffer.from(start, "latin1"), rest]);
        expect(scrub(bytes)).toBeInstanceOf(Uint8Array);
        sniff(bytes);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("sniff", () => {
  it("knows a picture by its bytes", async () => {
    for (const format of ["jpeg", "png", "webp", "tiff", "avif"] as const)
      expect(sniff(await photo(format))).toBe(`image/${format}`);
    expect(sniff(Buffer.from("GIF89a......"))).toBe("image/gif");
  });

  it("tells what cannot be opened from what is unknown", () => {
    expect(sniff(Buffer.from('<?xml version="1.0"?><svg/>'))).toBe("image/svg+xml");
    expect(sniff(Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"))).toBe("image/heic");
    expect(sniff(Buffer.from("%PDF-1.7"))).toBe("application/pdf");
    expect(sniff(Buffer.from("hello"))).toBeUndefined();
    expect(sniff(new Uint8Array())).toBeUndefined();
  });
});
