import { scrubAv1 } from "./av1.ts";
import { type Box, blank, boxesIn } from "./boxes.ts";
import { onlyOrientation, orientationOf } from "./exif.ts";
import { eachExtent, itemTypes } from "./items.ts";
import { type Mask, openMask } from "./mask.ts";
import { scrubProperties } from "./properties.ts";
import { ascii, reader } from "./reader.ts";
import { sound } from "./sound.ts";

/** What a file may say it is, four letters each. Those of moving pictures are not among them: their first picture is kept. */
const brands = new Set(["avif", "mif1", "mif2", "miaf", "MA1A", "MA1B", "avio"]);
const GRID_BYTES = 12;
const FULL = 4;

const scrubBrands = (bytes: Uint8Array, { from, to }: Box): void => {
  bytes.fill(0, from + 4, from + 8);
  for (let at = from; at + 4 <= to; at += 4) {
    if (at !== from + 4 && !brands.has(ascii(bytes, at, at + 4))) bytes.set(Buffer.from("avif"), at);
  }
};

/** An Exif item becomes its orientation, where it lies. */
const scrubExif = (payload: Uint8Array): void => {
  // Four bytes say where the byte-order mark is, counted from behind them.
  const orientation = orientationOf(payload.subarray(4 + reader(payload, false).u32(0)));
  const smallest = onlyOrientation(orientation);
  payload.fill(0);
  if (payload.length >= smallest.length + 4) payload.set(smallest, 4);
};

/** References between items are numbers only, and as long as they say. */
const scrubReferences = (bytes: Uint8Array, { from, to }: Box): void => {
  const size = bytes[from] === 0 ? 2 : 4;
  for (const box of boxesIn(bytes, from + FULL, to)) {
    const count = reader(bytes, false).u16(box.from + size);
    if (box.to - box.from !== size + 2 + count * size) blank(bytes, box);
  }
};

const scrubItems = (bytes: Uint8Array, inside: readonly Box[], mask: Mask): void => {
  const find = (type: string) => inside.find((it) => it.type === type);
  const [names, places, data] = [find("iinf"), find("iloc"), find("idat")];
  sound(names && places, "a list of items and their places");
  const types = itemTypes(bytes, names);
  eachExtent(bytes, places, data?.from ?? 0, (item, from, length) => {
    const type = types.get(item);
    const isPicture = type === "av01" || (type === "grid" && length <= GRID_BYTES);
    const stays = isPicture || type === "Exif";
    const claimed = mask.claim(from, length, stays ? "pixels" : "metadata");
    sound(claimed || !stays, "items that hold nothing else");
    const payload = bytes.subarray(from, from + length);
    if (type === "av01") scrubAv1(payload);
    if (type === "Exif") scrubExif(payload);
  });
};

const scrubMeta = (bytes: Uint8Array, meta: Box, mask: Mask): void => {
  const inside = boxesIn(bytes, meta.from + FULL, meta.to);
  for (const box of inside) {
    if (box.type === "hdlr")
      bytes.fill(0, box.from + 12, box.to); // A name, behind numbers that are zero.
    else if (box.type === "iref") scrubReferences(bytes, box);
    else if (box.type === "iprp") {
      for (const it of boxesIn(bytes, box.from, box.to)) {
        if (it.type === "ipco") scrubProperties(bytes, it);
        else if (it.type !== "ipma") blank(bytes, it);
      }
    } else if (!["pitm", "iloc", "iinf", "idat"].includes(box.type)) blank(bytes, box);
    // What lies in `idat` stays only where an item of the picture claims it.
    if (box.type !== "idat") sound(mask.claim(box.at, box.to - box.at, "structure"), "boxes beside each other");
    else sound(mask.claim(box.at, box.from - box.at, "structure"), "boxes beside each other");
  }
  sound(mask.claim(meta.at, meta.from + FULL - meta.at, "structure"), "boxes beside each other");
  scrubItems(bytes, inside, mask);
};

/**
 * Wipes in place whatever is not a still picture or belongs to one: other items, boxes and properties, names, what lies between the
 * items, and the film of a moving one. Nothing moves, so offsets stay true.
 */
export const scrubAvif = (file: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(file);
  const mask = openMask(bytes.length);
  let described = false;
  for (const box of boxesIn(bytes, 0, bytes.length)) {
    if (box.type === "meta" && !described) {
      described = true;
      scrubMeta(bytes, box, mask);
      continue;
    }
    if (box.type === "ftyp") scrubBrands(bytes, box);
    else if (box.type !== "mdat") bytes.set(Buffer.from("free"), box.at + 4);
    const whole = box.type === "ftyp";
    sound(mask.claim(box.at, (whole ? box.to : box.from) - box.at, "structure"), "boxes beside each other");
  }
  sound(described, "a description");
  mask.wipeRest(bytes);
  return bytes;
};
