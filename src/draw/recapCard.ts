import type { Language, Text } from "../text.ts";
import { type Block, type Fact, factGrid, group, heading, stack, subheading } from "./blocks.ts";
import { type CollageTile, collageRoom, layCollage } from "./collage.ts";
import type { Drawing } from "./drawing.ts";
import { countRow, faintRow, panel, risenRow, saidRow, verdictRow } from "./recapRows.ts";
import { type ListedRun, runRow } from "./runList.ts";
import { renderSvg } from "./svg.ts";
import { page, theme } from "./theme.ts";

/** What a group did in some time. Everything is in one language; lists may be empty. */
export interface RecapResult {
  title: string;
  subtitle: string;
  counts: readonly Fact[];
  collage: readonly CollageTile[];
  /** The four parts of the log in their order; `left` lines of a part are not shown. */
  parts: readonly {
    part: "reviewed" | "tried" | "discussed" | "takenAway";
    title: string;
    lines: readonly { who: string; text: string }[];
    left: number;
  }[];
  runs: readonly ListedRun[];
  risen: readonly { name: string; data: string; from: number | null; to: number; accuracy: string }[];
  hypotheses: readonly { text: string; verdict: "confirmed" | "refuted" | "unclear"; word: string; evidence: string }[];
  confused: readonly { actual: string; predicted: string; count: number }[];
  streaks: readonly { name: string; days: number }[];
  concept?: { title: string; why: string } | undefined;
  tomorrow?: string | undefined;
}

const words = {
  board: { en: "Leaderboard", ko: "순위 변화" },
  hypotheses: { en: "Hypotheses settled", ko: "결론이 난 가설" },
  confused: { en: "Most confused classes", ko: "가장 많이 헷갈린 클래스" },
  streaks: { en: "Days in a row", ko: "연속 학습일" },
  concept: { en: "Worth another look", ko: "다시 볼 개념" },
  tomorrow: { en: "Next", ko: "다음에 해 볼 것" },
} as const satisfies Record<string, Text>;
const more: Record<Language, (count: number) => string> = {
  en: (count) => `and ${count} more in the log`,
  ko: (count) => `그 밖에 ${count}개는 학습 일지에서 볼 수 있어요`,
};
const daysOf: Record<Language, (days: number) => string> = {
  en: (days) => `${days} ${days === 1 ? "day" : "days"}`,
  ko: (days) => `${days}일`,
};
const verdictFills = { confirmed: theme.good, refuted: theme.warn, unclear: theme.faint } as const;

/** Rows under their name; nothing where there are none. */
const section = (title: string, rows: readonly (Block | undefined)[], gap = 12): Block | undefined => {
  const shown = rows.filter((it) => it !== undefined);
  return shown.length === 0 ? undefined : group([subheading(title), ...shown], gap);
};

/** Pixels between two blocks. */
const GAP = 40;

/** A recap as an SVG, with room for its pictures: those first, then the four parts, and what to go on with. */
export const drawRecapCard = (recap: RecapResult, lang: Language): string => {
  const partOf = (name: RecapResult["parts"][number]["part"], above: readonly Block[] = []): Block | undefined => {
    const part = recap.parts.find((it) => it.part === name);
    if (!part) return undefined;
    const rows = [...above, ...part.lines.map(saidRow), ...(part.left > 0 ? [faintRow(more[lang](part.left))] : [])];
    return section(part.title, rows, 16);
  };
  const most = Math.max(1, ...recap.confused.map((it) => it.count));
  const blocks = [
    heading(recap.title, recap.subtitle),
    collageRoom(recap.collage.length),
    factGrid(recap.counts),
    partOf("reviewed"),
    partOf(
      "tried",
      recap.runs.map((it) => runRow(it, lang)),
    ),
    section(
      words.board[lang],
      recap.risen.map(({ name, data, from, to, accuracy }) =>
        risenRow({ name: `${name} · ${data}`, from, to, beside: accuracy }),
      ),
    ),
    section(
      words.hypotheses[lang],
      recap.hypotheses.map(({ text, verdict, word, evidence }) =>
        verdictRow({ text: `“${text}”`, word, fill: verdictFills[verdict], below: evidence }),
      ),
    ),
    section(
      words.confused[lang],
      recap.confused.map(({ actual, predicted, count }) => countRow({ name: `${actual} → ${predicted}`, count, most })),
      4,
    ),
    partOf("discussed"),
    partOf("takenAway"),
    recap.streaks.length > 0
      ? group(
          [
            subheading(words.streaks[lang]),
            factGrid(recap.streaks.map(({ name, days }) => ({ label: name, value: daysOf[lang](days) }))),
          ].filter((it) => it !== undefined),
          12,
        )
      : undefined,
    recap.concept &&
      panel({ title: words.concept[lang], strong: recap.concept.title, text: recap.concept.why }, theme.accentSoft),
    recap.tomorrow ? panel({ title: words.tomorrow[lang], text: recap.tomorrow }, theme.panel) : undefined,
  ];
  return stack(blocks, GAP);
};

/** What a group did in some time, as a picture for a phone. */
export const recapCard = (recap: RecapResult, lang: Language): Drawing => {
  const image = renderSvg(drawRecapCard(recap, lang));
  const photos = layCollage(image, recap.collage, page.margin + heading(recap.title, recap.subtitle).height + GAP);
  return { ...image, photos };
};
