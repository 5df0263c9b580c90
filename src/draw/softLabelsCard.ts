import type { Image } from "../images/image.ts";
import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { box, column, heading, paragraph, stack } from "./blocks.ts";
import { enlarge, paste, shrink } from "./canvas.ts";
import type { Drawing } from "./drawing.ts";
import { fitWithin } from "./photoCard.ts";
import { renderSvg } from "./svg.ts";
import { drawText, shrinkToFit, truncate, widestLine } from "./text.ts";
import { page, series, theme } from "./theme.ts";

/** A picture as its teacher sees it. */
export interface SoftLabels {
  title: string;
  subtitle?: string;
  /** Of any size: a thumbnail is enlarged by a whole number, a photo made smaller. */
  image: Image;
  classes: readonly string[];
  /** The picture's own class. */
  label: number;
  /** The teacher's, one for each class. */
  logits: ArrayLike<number>;
  temperature: number;
}

const words = {
  hard: { en: "label", ko: "라벨" },
  others: { en: (count: number) => `${count} others`, ko: (count: number) => `나머지 ${count}개` },
  about: {
    en: "A higher T shows more of what the teacher holds of the other classes; a very high one makes them all alike.",
    ko: "T가 클수록 다른 클래스에 대한 교사의 판단이 더 드러나고, 너무 크면 모두 비슷해져요.",
  },
} as const;

const PICTURE = { width: 600, height: 400 } as const;
const MOST_CLASSES = 10;
const ROW = 62;
const GAP = 24;
const style = { size: 28 } as const;
const numberStyle = { size: 26 } as const;

/** Probabilities of logits at a temperature: softmax(logits / T). */
const soften = (logits: readonly number[], temperature: number): number[] => {
  const largest = Math.max(...logits);
  const exponentials = logits.map((it) => Math.exp((it - largest) / temperature));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials.map((it) => it / sum);
};

/** Rows of the card: each class with its three shares; of many classes the likeliest and the label's own, and the rest in one row. */
const rowsOf = ({ classes, label, logits, temperature }: SoftLabels, lang: Language) => {
  const values = Array.from(logits);
  const [plain, soft] = [soften(values, 1), soften(values, temperature)];
  const all = classes.map((name, i) => ({ name, hard: i === label ? 1 : 0, plain: plain[i] ?? 0, soft: soft[i] ?? 0 }));
  if (all.length <= MOST_CLASSES) return all;
  const sorted = all.toSorted((a, b) => b.hard - a.hard || b.plain - a.plain);
  const [shown, rest] = [sorted.slice(0, MOST_CLASSES - 1), sorted.slice(MOST_CLASSES - 1)];
  const sumOf = (key: "plain" | "soft") => rest.reduce((sum, it) => sum + it[key], 0);
  const others = { name: words.others[lang](rest.length), hard: 0, plain: sumOf("plain"), soft: sumOf("soft") };
  return [...shown.toSorted((a, b) => b.plain - a.plain), others];
};

/** The bars of the card as an SVG, with room for the picture, and where that has to be put. */
export const drawSoftLabelsCard = (labels: SoftLabels, lang: Language) => {
  const { title, subtitle, image, temperature } = labels;
  const rows = rowsOf(labels, lang);
  const times = Math.max(1, Math.floor(Math.min(PICTURE.width / image.width, PICTURE.height / image.height)));
  const whole = { width: image.width * times, height: image.height * times };
  const size = whole.width <= PICTURE.width && whole.height <= PICTURE.height ? whole : fitWithin(image, PICTURE);
  const nameWidth = Math.min(
    260,
    widestLine(
      rows.map((it) => it.name),
      style,
    ) + 8,
  );
  const barWidth = (column.width - nameWidth - 3 * GAP) / 3;
  const columns = [
    { key: "hard", name: words.hard[lang], colour: theme.ink },
    { key: "plain", name: "T = 1", colour: series[0] },
    { key: "soft", name: `T = ${temperature}`, colour: series[5] },
  ] as const;
  let pictureTop = 0;
  const picture = box(size.height, ({ y }) => {
    pictureTop = Math.round(y);
    return "";
  });
  const bars = box(44 + rows.length * ROW, ({ x, y }) =>
    [
      ...columns.map(({ name }, k) =>
        drawText(name, { x: x + nameWidth + GAP + k * (barWidth + GAP), y: y + 26 }, { ...style, weight: 600 }),
      ),
      ...rows.flatMap((row, i) => {
        const top = y + 44 + i * ROW;
        const shrunk = shrinkToFit(row.name, nameWidth, style, 26);
        return [
          drawText(
            truncate(row.name, nameWidth, shrunk),
            { x, y: top + ROW / 2 },
            { ...shrunk, weight: row.hard ? 600 : 400, centred: true },
          ),
          ...columns.map(({ key, colour }, k) => {
            const left = x + nameWidth + GAP + k * (barWidth + GAP);
            const share = row[key];
            const filled = share > 0 ? Math.max(4, share * barWidth) : 0;
            const bar = (width: number, fill: string) =>
              `<rect x="${left}" y="${top + 42}" width="${width.toFixed(1)}" height="10" rx="${Math.min(5, width / 2)}" fill="${fill}"/>`;
            return (
              bar(barWidth, theme.line) +
              (filled > 0 ? bar(filled, colour) : "") +
              drawText(percent(share), { x: left, y: top + 32 }, { ...numberStyle, fill: share > 0 ? theme.ink : theme.faint })
            );
          }),
        ];
      }),
    ].join(""),
  );
  const svg = stack([heading(title, subtitle), picture, bars, paragraph(words.about[lang])]);
  return { svg, picture: { top: pictureTop, left: Math.round((page.width - size.width) / 2), times, ...size } };
};

/** One picture with its hard label beside its teacher's softened ones, at T = 1 and at the temperature of a run. */
export const softLabelsCard = (labels: SoftLabels, lang: Language): Drawing => {
  const { svg, picture } = drawSoftLabelsCard(labels, lang);
  const card = renderSvg(svg);
  const { image } = labels;
  const isLarger = picture.width > image.width || picture.height > image.height;
  const shown = isLarger ? enlarge(image, picture.times) : shrink(image, picture);
  const { left, top } = picture;
  paste(card, shown, left, top);
  return { ...card, photos: [{ left, top, width: shown.width, height: shown.height }] };
};
