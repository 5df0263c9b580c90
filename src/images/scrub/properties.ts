import { scrubAv1 } from "./av1.ts";
import { type Box, blank, boxesIn } from "./boxes.ts";
import { profileOnly } from "./icc.ts";
import { ascii } from "./reader.ts";

/** The properties of pictures, and how long each can be; all numbers. */
const lengths: Readonly<Record<string, (length: number) => boolean>> = {
  ispe: (it) => it === 12,
  pixi: (it) => it > 5 && it <= 9,
  pasp: (it) => it === 8,
  clap: (it) => it === 32,
  irot: (it) => it === 1,
  imir: (it) => it === 1,
  clli: (it) => it === 4,
  mdcv: (it) => it === 24,
  cclv: (it) => it <= 33,
  amve: (it) => it === 8,
  a1op: (it) => it === 1,
  a1lx: (it) => it <= 13,
  lsel: (it) => it === 2,
};
const AUXILIARY = /^\0{4}urn:(mpeg:mpegB:cicp:systems|mpeg:hevc:2015):aux(iliary|id):(alpha|depth|1|2)\0$/;

const isColour = (content: Uint8Array): boolean => {
  const kind = ascii(content, 0, 4);
  if (kind === "nclx") return content.length === 11;
  const profile = content.subarray(4);
  return ["prof", "rICC"].includes(kind) && profileOnly(profile)?.length === profile.length;
};

/** Blanks those properties of the pictures (the content of `ipco`) that do not only say how they look. Their numbers stay. */
export const scrubProperties = (bytes: Uint8Array, { from, to }: Box): void => {
  for (const box of boxesIn(bytes, from, to)) {
    const content = bytes.subarray(box.from, box.to);
    if (box.type === "av1C") scrubAv1(content.subarray(4));
    else if (box.type === "colr" && isColour(content)) content.set(profileOnly(content.subarray(4)) ?? [], 4);
    else if (!(box.type === "auxC" && AUXILIARY.test(ascii(content, 0, content.length))) && !lengths[box.type]?.(content.length))
      blank(bytes, box);
  }
};
