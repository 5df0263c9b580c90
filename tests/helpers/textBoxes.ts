import { textWidth } from "../../src/draw/text.ts";

/** A line of text in a drawing and the rectangle it covers, in pixels of the whole drawing. */
export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Heights of Pretendard's letters as shares of their size: of "H" above the baseline, and of "g" below it. */
const [ASCENT, DESCENT, HALF_CAP_HEIGHT] = [0.73, 0.21, 0.36];

const characters: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

/** Where every line of text of an SVG stands, under the translations and scales of the groups it is in. */
export const textBoxes = (svg: string): { boxes: TextBox[]; width: number; height: number } => {
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const groups = [{ x: 0, y: 0, scale: 1 }];
  const boxes: TextBox[] = [];
  for (const [whole, attributes = "", content = ""] of svg.matchAll(/<g[ >][^>]*>?|<\/g>|<text ([^>]*)>([^<]*)<\/text>/g)) {
    const at = groups.at(-1) ?? { x: 0, y: 0, scale: 1 };
    if (whole.startsWith("</g")) groups.pop();
    else if (whole.startsWith("<g")) {
      const [, x = 0, y = 0] = /translate\(([\d.-]+)[ ,]([\d.-]+)\)/.exec(whole) ?? [];
      const [, scale = 1] = /scale\(([\d.]+)\)/.exec(whole) ?? [];
      groups.push({ x: at.x + Number(x) * at.scale, y: at.y + Number(y) * at.scale, scale: at.scale * Number(scale) });
    } else {
      const given = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1];
      const size = Number(given("font-size"));
      const text = content.replace(/&(?:lt|gt|amp|quot|#39);/g, (it) => characters[it] ?? it);
      const span = textWidth(text, { size, weight: Number(given("font-weight")) as 400 | 600 });
      const left = Number(given(" ?x")) - ({ middle: span / 2, end: span }[given("text-anchor") ?? ""] ?? 0);
      const baseline = Number(given(" y")) + (given("dominant-baseline") === "central" ? HALF_CAP_HEIGHT * size : 0);
      const [x, y] = [at.x + left * at.scale, at.y + baseline * at.scale];
      boxes.push({
        text,
        left: x,
        right: x + span * at.scale,
        top: y - ASCENT * size * at.scale,
        bottom: y + DESCENT * size * at.scale,
      });
    }
  }
  return { boxes, width: Number(width), height: Number(height) };
};
