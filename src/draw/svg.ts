import { type RenderedImage, Resvg } from "@resvg/resvg-js";
import type { Drawing } from "./drawing.ts";
import { textToPaths } from "./outlines.ts";
import { theme } from "./theme.ts";

/** A whole SVG: `content` on paper. A light card is readable on light and dark chats alike. Sizes in pixels. */
export const svgDocument = (width: number, height: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
  `<rect width="${width}" height="${height}" fill="${theme.paper}"/>${content}</svg>`;

/** Text made safe to stand inside an SVG. */
export const escapeXml = (text: string): string =>
  text.replace(/[<>&"']/g, (it) => ({ "<": "&lt;", ">": "&gt;", "&": "&amp;", '"': "&quot;", "'": "&#39;" })[it] as string);

/** Draws an SVG as RGBA, at `scale` pixels for each of its units. Text is set in Pretendard, in weights 400 and 600. */
export const rasterise = (svg: string, scale = 1): RenderedImage =>
  new Resvg(textToPaths(svg), { fitTo: { mode: "zoom", value: scale }, font: { loadSystemFonts: false } }).render();

/** Draws an SVG that covers its whole surface, as pixels for an encoder. */
export const renderSvg = (svg: string, scale = 1): Drawing => {
  const { width, height, pixels } = rasterise(svg, scale);
  const data = new Uint8Array(width * height * 3);
  for (let i = 0, j = 0; i < data.length; i += 3, j += 4) {
    data[i] = pixels[j] as number;
    data[i + 1] = pixels[j + 1] as number;
    data[i + 2] = pixels[j + 2] as number;
  }
  return { width, height, data, photos: [] };
};
