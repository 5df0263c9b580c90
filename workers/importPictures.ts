import { isClutter, pathParts, placeByFolders } from "../src/data/classFolders.ts";
import { MAX_CLASSES } from "../src/data/dataSource.ts";
import { FileTooLarge, openZip, type ZippedFile } from "../src/data/zip/read.ts";
import { UserError } from "../src/errors.ts";
import { decode } from "../src/images/decode.ts";
import { scrub } from "../src/images/scrub.ts";
import { pictureTypes, sniff } from "../src/images/sniff.ts";
import type { Handler } from "../src/jobs/context.ts";
import type { skippedReasons } from "../src/jobs/contracts/importPictures.ts";
import type { JobOutput } from "../src/jobs/contracts.ts";
import { megabytes } from "../src/numbers.ts";

type Pictures = JobOutput<"importPictures">["pictures"];
type Reason = (typeof skippedReasons)[number];

/** The whole of it is in memory while it is unpacked. */
const MAX_ZIP_MB = 300;
const MAX_ENTRIES = 20_000;
/** More than any camera writes. */
const MAX_PICTURE_BYTES = 20e6;
/** Photos hardly get smaller in a zip, so one that unpacks to so many times its size holds something else; and every small one may. */
const MOST_TIMES = 10;
const SMALL_BYTES = 10e6;
const MAX_UNPACKED = 500e6;

/** How photos' names end, in whatever case. Others are opened only in a zip that has none of these. */
const PHOTO = /\.(jpe?g|jfif|png|webp|gif|avif|tiff?)$/i;
const isPicture = (head: Uint8Array) => pictureTypes.includes(sniff(head) ?? "");
/** Opened as small as this only to see that they can be. */
const GLANCE = { width: 32, height: 32 } as const;

/** What a file of the zip is: a scrubbed picture, or why it is left out. */
const open = async (file: ZippedFile): Promise<Buffer | Reason> => {
  if (file.isEncrypted) return "encrypted";
  let wasAsked = false;
  let bytes: Buffer | undefined;
  try {
    bytes = await file.read((head) => {
      wasAsked = true;
      return isPicture(head);
    });
  } catch (error) {
    if (error instanceof FileTooLarge) return "tooLarge";
    throw error;
  }
  if (!bytes) return wasAsked ? "notPictures" : "damaged";
  const scrubbed = Buffer.from(scrub(bytes));
  try {
    await decode(scrubbed, GLANCE);
    return scrubbed;
  } catch (error) {
    if (error instanceof UserError) return error.mistake.code === "too_many_pixels" ? "tooLarge" : "damaged";
    throw error;
  }
};

/** Unpacks a zip of class folders. What cannot be used is counted by its reason; what would be too much is refused as a whole. */
export const importPictures: Handler<"importPictures"> = async ({ zip, most }, { blobs, signal, report }) => {
  if (zip.bytes > MAX_ZIP_MB * 1e6) throw new UserError("zip_too_large", { gotMb: megabytes(zip.bytes), maxMb: MAX_ZIP_MB });
  const limits = {
    entries: MAX_ENTRIES,
    fileBytes: MAX_PICTURE_BYTES,
    totalBytes: Math.min(MAX_UNPACKED, SMALL_BYTES + MOST_TIMES * zip.bytes),
  };
  const skipped: Partial<Record<Reason, number>> = {};
  const skip = (reason: Reason, count = 1) => {
    if (count > 0) skipped[reason] = (skipped[reason] ?? 0) + count;
  };

  const found = (await openZip(await blobs.get(zip.blob), limits)).flatMap((file) => {
    const parts = file.isLink ? undefined : pathParts(file.path);
    if (!parts) skip("unsafePaths");
    return parts && !isClutter(parts) ? [{ file, parts }] : [];
  });
  const named = found.filter(({ parts }) => PHOTO.test(parts.at(-1) ?? ""));
  const candidates = named.length > 0 ? named : found;
  skip("notPictures", found.length - candidates.length);
  if (candidates.length > 0 && candidates.every(({ file }) => file.isEncrypted)) throw new UserError("zip_encrypted", {});
  if (candidates.length > most) throw new UserError("too_many_pictures", { got: candidates.length, most });

  const places = placeByFolders(candidates.map((it) => it.parts));
  const classes = new Map<string, string>(); // by its small letters, as it is spelled first
  for (const it of places) if (it) classes.set(it.label.toLowerCase(), classes.get(it.label.toLowerCase()) ?? it.label);
  if (classes.size > MAX_CLASSES) throw new UserError("too_many_classes", { got: classes.size, most: MAX_CLASSES });

  const pictures = new Map<string, Pictures[number]>();
  for (const [n, { file }] of candidates.entries()) {
    signal.throwIfAborted();
    await report({ done: n, of: candidates.length });
    const place = places[n];
    const bytes = place ? await open(file) : "noClass";
    if (!place || typeof bytes === "string") {
      skip(typeof bytes === "string" ? bytes : "noClass");
      continue;
    }
    const label = classes.get(place.label.toLowerCase()) ?? place.label;
    const { blob } = await blobs.put(bytes, { name: "", type: sniff(bytes) ?? "" });
    const before = pictures.get(blob);
    if (before) skip(before.label === label ? "duplicates" : "twoClasses");
    else pictures.set(blob, { blob, label, ...(place.split && { split: place.split }) });
  }
  const left = Object.values(skipped).reduce((sum, it) => sum + it, 0);
  if (pictures.size === 0) throw new UserError("zip_no_pictures", { skipped: left });
  return { pictures: [...pictures.values()], skipped };
};
