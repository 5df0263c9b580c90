import { putPicture } from "../src/blobs/picture.ts";
import { architectureCard as drawArch } from "../src/draw/architectureCard.ts";
import { renderSvg } from "../src/draw/svg.ts";
import type { Handler } from "../src/jobs/context.ts";
import { findNet } from "../src/nets/index.ts";

/** Draws a network's characteristic block. */
export const arch: Handler<"arch"> = async ({ net: name, lang }, { blobs }) => {
  const net = findNet(name);
  if (!net) throw new Error(`Expected the name of a network, got ${name}`);
  const alt = {
    en: `How ${name} is built: its characteristic block`,
    ko: `${name}의 구조: 특징적인 블록`,
  }[lang];
  return { picture: await putPicture(blobs, renderSvg(drawArch(net, lang)), { name: `arch-${name}`, alt }) };
};
