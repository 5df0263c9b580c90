import type { Language } from "../text.ts";
import { box, column, type Fact, factGrid, group, heading, stack } from "./blocks.ts";
import { type Curve, drawCurves } from "./curves.ts";
import type { Drawing } from "./drawing.ts";
import { legend } from "./legend.ts";
import { looksOf, type Role } from "./lineLooks.ts";
import { renderSvg } from "./svg.ts";
import { drawText } from "./text.ts";
import { theme } from "./theme.ts";
import { timeSpan } from "./timeSpan.ts";

/** A run on its way. */
export interface RunProgress {
  title: string;
  /** Those that have begun, or all. `curves`: accuracy on the validation pictures for each seed so far, the last drawn thickly; `losses`: smoothed, of the last seed. */
  arms: readonly { name: string; role: Role; curves: readonly Curve[]; losses: Curve }[];
  /** What is being trained: which arm of how many, which seed of how many, each from 1. */
  arm: number;
  ofArms: number;
  seed: number;
  ofSeeds: number;
  /** Share of the whole run that is done, 0 to 1. */
  done: number;
  /** Undefined as long as nothing is known. */
  secondsLeft?: number | undefined;
  imagesPerSecond?: number | undefined;
  loss?: number | undefined;
}

const words = {
  accuracy: { en: "validation accuracy", ko: "검증 정확도" },
  loss: { en: "training loss", ko: "학습 손실" },
  steps: { en: "steps", ko: "스텝" },
  notYet: { en: "not yet", ko: "아직 없어요" },
  where: {
    en: ({ arm, ofArms, seed, ofSeeds }: RunProgress) =>
      [...(ofArms > 1 ? [`arm ${arm} of ${ofArms}`] : []), ...(ofSeeds > 1 ? [`seed ${seed} of ${ofSeeds}`] : [])].join(" · "),
    ko: ({ arm, ofArms, seed, ofSeeds }: RunProgress) =>
      [...(ofArms > 1 ? [`조건 ${arm}/${ofArms}`] : []), ...(ofSeeds > 1 ? [`시드 ${seed}/${ofSeeds}`] : [])].join(" · "),
  },
  left: { en: "time left", ko: "남은 시간" },
  speed: { en: "images/s", ko: "초당 이미지" },
  now: { en: "loss", ko: "손실" },
} as const;

/** Pixels for each of the card's units: edits of a message are many, so its picture has two for each of a phone's 360. */
const SCALE = 2 / 3;
/** Of more arms, the latest: the picture is to be small. */
const MOST_ARMS = 4;
/** What its JPEG may have: it is sent again every few seconds. */
export const PROGRESS_BYTES = 40_000;
const PLOT_HEIGHT = 340;
const PLOT_GAP = 24;

/** How far the run is, as a bar with its percentage. */
const bar = (done: number) =>
  box(40, ({ x, y, width }) => {
    const share = Number.isFinite(done) ? Math.max(0, Math.min(1, done)) : 0;
    const length = width - 110;
    const filled = share * length;
    const rect = (w: number, fill: string) => `<rect x="${x}" y="${y + 8}" width="${w}" height="24" rx="12" fill="${fill}"/>`;
    return [
      rect(length, theme.line),
      filled > 0 ? rect(Math.max(24, filled), theme.accent) : "",
      drawText(`${Math.floor(share * 100)} %`, { x: x + width, y: y + 31 }, { size: 32, weight: 600, anchor: "end" }),
    ].join("");
  });

/** A run on its way as an SVG, in units of which a phone's width has 1080. */
export const drawProgressCard = (progress: RunProgress, lang: Language): string => {
  const { title, done, secondsLeft, imagesPerSecond, loss } = progress;
  const arms = progress.arms.slice(-MOST_ARMS);
  const looks = looksOf(arms.map((it) => it.role));
  const looked = arms.flatMap((arm, i) => {
    const lead = arm.curves.findLast((it) => it.length > 0);
    return looks[i] ? [{ ...arm, look: looks[i], lead }] : [];
  });
  const facts: Fact[] = [
    ...(secondsLeft === undefined ? [] : [{ label: words.left[lang], value: timeSpan(secondsLeft, lang) }]),
    ...(imagesPerSecond === undefined
      ? []
      : [{ label: words.speed[lang], value: Math.round(imagesPerSecond).toLocaleString("en") }]),
    ...(loss === undefined ? [] : [{ label: words.now[lang], value: loss.toFixed(3) }]),
  ];
  const axes = { x: words.steps[lang], empty: words.notYet[lang] };
  const plots = box(PLOT_HEIGHT, ({ x, y, height }) => {
    const width = (column.width - PLOT_GAP) / 2;
    const losses = looked.map(({ look, losses }) => ({ look, curves: [losses] }));
    return (
      drawCurves(looked, { x, y, width, height }, { ...axes, y: words.accuracy[lang], inPercent: true }) +
      drawCurves(losses, { x: x + width + PLOT_GAP, y, width, height }, { ...axes, y: words.loss[lang], inPercent: false })
    );
  });
  const entries = legend(looked.map(({ look, name }) => ({ look, name })));
  return stack(
    [heading(title, words.where[lang](progress)), bar(done), group([plots, ...(entries ? [entries] : [])], 10), factGrid(facts)],
    28,
  );
};

/** How far a run is: curves of accuracy and loss so far, arm by arm, what is left, and how fast it goes. 720 pixels wide. */
export const progressCard = (progress: RunProgress, lang: Language): Drawing =>
  renderSvg(drawProgressCard(progress, lang), SCALE);
