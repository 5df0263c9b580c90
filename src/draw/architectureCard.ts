import { describe, type Layer } from "../nets/backends/describe.ts";
import type { Net } from "../nets/net.ts";
import type { Language } from "../text.ts";
import { diagramOf } from "./archDiagrams.ts";
import { placeFlow } from "./archFlow.ts";
import { fillIn } from "./archSketch.ts";
import { svgDocument } from "./svg.ts";
import { drawParagraph, drawText } from "./text.ts";
import { page, theme } from "./theme.ts";

const { width: WIDTH, margin: PAD } = page;

const texts = {
  pixels: { en: "pixels", ko: "픽셀" },
  classes: { en: "classes", ko: "클래스" },
};

const nameStyle = { size: 56, weight: 600 } as const;
const factsStyle = { size: 30, fill: theme.faint };
const ideaStyle = { size: 32 };
const titleStyle = { size: 36, weight: 600 } as const;
const captionStyle = { size: 28, fill: theme.faint };
/** Space around the diagram within its panel. */
const PANEL_PAD = 28;

/** The panel with what is characteristic of a network: a title, the diagram (made smaller where it is too wide), a caption. */
const drawPanel = (net: Net, layers: readonly Layer[], top: number, lang: Language) => {
  const width = WIDTH - 2 * PAD;
  const diagram = diagramOf(net);
  const flow = placeFlow(fillIn(diagram.flow, diagram.block, layers, lang));
  const scale = Math.min(1, (width - 2 * PANEL_PAD) / flow.width);
  const title = { x: PAD + PANEL_PAD, y: top + 56 };
  const drawing = { x: (WIDTH - flow.width * scale) / 2, y: top + 96 };
  const below = { x: PAD + PANEL_PAD, y: drawing.y + flow.height * scale + 22, width: width - 2 * PANEL_PAD };
  const caption = drawParagraph(diagram.caption[lang], below, captionStyle);
  const bottom = caption.bottom + PANEL_PAD;
  const svg = [
    `<rect x="${PAD}" y="${top}" width="${width}" height="${bottom - top}" rx="24" fill="${theme.panel}"/>`,
    drawText(diagram.title[lang], title, titleStyle),
    `<g transform="translate(${drawing.x} ${drawing.y}) scale(${scale})">${flow.draw(0, 0)}</g>`,
    caption.svg,
  ].join("");
  return { svg, bottom };
};

/** The picture of `/arch`: what a network's family does differently as a diagram. Its layers are a table: see `layerTable`. */
export const architectureCard = (net: Net, lang: Language): string => {
  const { layers } = describe(net);
  const width = WIDTH - 2 * PAD;
  const facts = `${net.paper.year} · ${net.size}×${net.size} ${texts.pixels[lang]} → ${net.classes} ${texts.classes[lang]}`;
  const idea = drawParagraph(net.idea[lang], { x: PAD, y: PAD + 126, width }, ideaStyle);
  const panel = drawPanel(net, layers, idea.bottom + 30, lang);
  const content = [
    drawText(net.name, { x: PAD, y: PAD + 50 }, nameStyle),
    drawText(facts, { x: PAD, y: PAD + 98 }, factsStyle),
    idea.svg,
    panel.svg,
  ];
  return svgDocument(WIDTH, Math.round(panel.bottom + PAD), content.join(""));
};
