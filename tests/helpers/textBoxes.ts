import { textWidth } from "../../src/draw/text.ts";

/** A line of text in a drawing and the rectangle it covers, in pixels of the whole drawing. */
export interface TextBox {
  text: string;
  size: number;
  /** As the SVG says it: "#1b1f2a". */
  fill: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Heights of Pretendard's letters as shares of their size: of "H" above the baseline, and of "g" below it. */
const [ASCENT, DESCENT, HALF_CAP_HEIGHT] = [0.73, 0.21, 0.36];

const characters: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

/** Where every line of text of an SVG stands, under the translations, scales and quarter turns to the left of the groups it is in. */
export const textBoxes = (svg: string): { boxes: TextBox[]; width: number; height: number } => {
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const groups = [{ x: 0, y: 0, scale: 1, isUpright: false }];
  const boxes: TextBox[] = [];
  for (const [whole, attributes = "", content = ""] of svg.matchAll(/<g[ >][^>]*>?|<\/g>|<text ([^>]*)>([^<]*)<\/text>/g)) {
    const at = groups.at(-1) ?? { x: 0, y: 0, scale: 1, isUpright: false };
    if (whole.startsWith("</g")) groups.pop();
    else if (whole.startsWith("<g")) {
      const [, x = 0, y = 0] = /translate\(([\d.-]+)[ ,]([\d.-]+)\)/.exec(whole) ?? [];
      const [, scale = 1] = /scale\(([\d.]+)\)/.exec(whole) ?? [];
      const isUpright = at.isUpright || attributes.includes("rotate(-90)") || whole.includes("rotate(-90)");
      groups.push({ x: at.x + Number(x) * at.scale, y: at.y + Number(y) * at.scale, scale: at.scale * Number(scale), isUpright });
    } else {
      // Charts give a text's size in a style, and its place as a translation too.
      const given = (name: string) =>
        new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? new RegExp(`${name.trim()}: ?([^;"]+)`).exec(attributes)?.[1];
      const [, dx = 0, dy = 0] = /transform="translate\(([\d.-]+)[ ,]([\d.-]+)\)"/.exec(attributes) ?? [];
      const size = Number.parseFloat(given("font-size") ?? "16");
      const text = content.replace(/&(?:lt|gt|amp|quot|#39);/g, (it) => characters[it] ?? it);
      const span = textWidth(text, { size, weight: Number(given("font-weight") ?? 400) as 400 | 600 });
      const anchored = { middle: span / 2, end: span }[given("text-anchor") ?? ""] ?? 0;
      const left = Number(/ ?\bx="([^"]*)"/.exec(attributes)?.[1] ?? 0) + Number(dx) - anchored;
      const lowered = given("dominant-baseline") === "central" ? HALF_CAP_HEIGHT * size : 0;
      const baseline = Number(/ y="([^"]*)"/.exec(attributes)?.[1] ?? 0) + Number(dy) + lowered;
      const [top, bottom] = [baseline - ASCENT * size, baseline + DESCENT * size];
      const right = left + span;
      const local = at.isUpright ? { left: top, right: bottom, top: -right, bottom: -left } : { left, right, top, bottom };
      boxes.push({
        text,
        size: size * at.scale,
        fill: given(" fill") ?? "#000000",
        left: at.x + local.left * at.scale,
        right: at.x + local.right * at.scale,
        top: at.y + local.top * at.scale,
        bottom: at.y + local.bottom * at.scale,
      });
    }
  }
  return { boxes, width: Number(width), height: Number(height) };
};

/** What is wrong with how a drawing's lines of text stand: those beyond its margins, and pairs that lie on each other. */
export const badlyPlaced = (svg: string, margin: number): string[] => {
  const { boxes, width, height } = textBoxes(svg);
  const beyond = boxes.filter(
    (it) => it.left < margin - 1 || it.right > width - margin + 1 || it.top < margin / 2 || it.bottom > height - margin / 4,
  );
  const pairs = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      .map((b) => `"${a.text}" lies on "${b.text}"`),
  );
  return [...beyond.map((it) => `"${it.text}" is beyond the margin`), ...pairs];
};
