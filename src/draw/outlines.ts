import { shapeLine, type Weight } from "./fonts.ts";

const characters: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };
/** The text that stands in an element, as it reads. */
export const unescapeXml = (text: string): string => text.replace(/&(?:lt|gt|amp|quot|#39);/g, (it) => characters[it] ?? it);

/** How far the middle of a capital letter is above its baseline, as a share of the font size: half of Pretendard's cap height. */
const HALF_CAP_HEIGHT = 0.36;

/** Where a text begins, as a share of its width left of its x. */
const anchors: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };

/** The attributes of an element, those in its style included. */
const attributesIn = (text: string): Map<string, string> => {
  const given = new Map([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map((it) => [it[1] as string, it[2] as string]));
  for (const [, name, value] of (given.get("style") ?? "").matchAll(/([\w-]+): ?([^;]+)/g))
    given.set(name as string, value as string);
  given.delete("style");
  return given;
};

/**
 * Every `<text>` of an SVG as the outlines of its letters: x, y, font-size, font-weight (400 or 600), text-anchor and a central
 * dominant-baseline are obeyed, as attributes or in a style; other attributes are kept. The rasteriser could draw text itself, but
 * reads a whole font file for each letter (thx/resvg-js issue 367).
 */
export const textToPaths = (svg: string): string =>
  svg.replace(/<text\s([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, content: string) => {
    const given = attributesIn(attributes);
    const take = (name: string, preset: string): string => {
      const value = given.get(name) ?? preset;
      given.delete(name);
      return value;
    };
    const size = Number.parseFloat(take("font-size", "16"));
    const { words, widthInEms, unitsPerEm } = shapeLine(unescapeXml(content), Number(take("font-weight", "400")) as Weight);
    const scale = size / unitsPerEm;
    const left = Number(take("x", "0")) - (anchors[take("text-anchor", "start")] ?? 0) * widthInEms * size;
    const baseline = Number(take("y", "0")) + (take("dominant-baseline", "") === "central" ? size * HALF_CAP_HEIGHT : 0);
    given.delete("font-family");
    const kept = [...given].map(([name, value]) => ` ${name}="${value}"`).join("");
    const paths = words.map(({ x, path }) => `<path transform="translate(${x})" d="${path}"/>`).join("");
    return `<g${kept}><g transform="translate(${left} ${baseline}) scale(${scale} ${-scale})">${paths}</g></g>`;
  });
