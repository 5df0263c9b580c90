import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

/** What a phone shows of the page on its home screen, by file. Apple's and a maskable one are cut to a shape by the system, so they fill their square. */
const icons = [
  { file: "icon-192.png", side: 192, corner: 0.22 },
  { file: "icon-512.png", side: 512, corner: 0.22 },
  { file: "icon-maskable-512.png", side: 512, corner: 0 },
  { file: "apple-touch-icon.png", side: 180, corner: 0 },
] as const;

/** The mark's own square, in the units of icon.svg, and the share of an icon that it takes: within what every mask leaves. */
const MARK = { side: 28, share: 0.56 };
const ground = "#3b5bdb";

/** The mark on a ground of its accent colour, as a square of that many pixels; `corner` is the radius as a share of the side. */
const iconSvg = (mark: string, side: number, corner: number): string => {
  const [, inside = ""] = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(mark) ?? [];
  const scale = (side * MARK.share) / MARK.side;
  const from = (side * (1 - MARK.share)) / 2;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
    `<rect width="${side}" height="${side}" rx="${side * corner}" fill="${ground}"/>` +
    `<g transform="translate(${from} ${from}) scale(${scale})">${inside.replaceAll(ground, "#ffffff")}</g></svg>`
  );
};

/** Adds the icons of an installed page to the build, drawn from the one mark in `icon.svg`. */
export const appIcons = (iconFile: string): Plugin => ({
  name: "peerlab-app-icons",
  apply: "build",
  async generateBundle() {
    const { rasterise } = await import("../../draw/svg.ts");
    const mark = await readFile(iconFile, "utf8");
    for (const { file, side, corner } of icons)
      this.emitFile({ type: "asset", fileName: file, source: rasterise(iconSvg(mark, side, corner)).asPng() });
  },
});
