import { percent } from "../numbers.ts";
import type { Language } from "../text.ts";
import { box, column, group, heading, paragraph, stack, wrapTo } from "./blocks.ts";
import { mixColours } from "./colours.ts";
import type { Drawing } from "./drawing.ts";
import { faint, type PolicySearch, palest, policyVerdict } from "./policyVerdict.ts";
import { renderSvg } from "./svg.ts";
import { drawText } from "./text.ts";
import { series, theme } from "./theme.ts";

/** Policies drawn at random, each as a policy string. */
export interface PolicyList extends PolicySearch {
  policies: readonly { policy: string; accuracy: number }[];
}

const dashed = { en: "Dashed line: without augmentation.", ko: "점선은 증강 없이 학습한 결과예요." } as const;
const textStyle = { size: 29 } as const;
const NAME_LINE = 38;
const BAR = 16;
const MOST_POLICIES = 12;

/** Policies as an SVG, the best first. */
export const drawPolicyList = ({ title, subtitle, policies, baseline, margin }: PolicyList, lang: Language): string => {
  const sorted = policies.toSorted((a, b) => b.accuracy - a.accuracy).slice(0, MOST_POLICIES);
  const xOf = (share: number) => column.x + Math.max(0, Math.min(1, share)) * column.width;
  const rows = sorted.map(({ policy, accuracy }, i) => {
    const style = { ...textStyle, weight: i === 0 ? 600 : 400 } as const;
    const lines = wrapTo(policy, column.width - 150, style, 2);
    const height = lines.length * NAME_LINE + BAR + 14;
    return box(height, ({ x, y, width }) => {
      const top = y + lines.length * NAME_LINE + 8;
      const rect = (length: number, fill: string) =>
        `<rect x="${x}" y="${top}" width="${length}" height="${BAR}" rx="${Math.min(BAR / 2, length / 2)}" fill="${fill}"/>`;
      const mark =
        baseline === null
          ? ""
          : `<path d="M${xOf(baseline)} ${top - 6}V${top + BAR + 6}" stroke="${theme.ink}" stroke-width="4" stroke-dasharray="7 4"/>`;
      return [
        ...lines.map((line, k) => drawText(line, { x, y: y + 28 + k * NAME_LINE }, style)),
        drawText(percent(accuracy), { x: x + width, y: y + 28 }, { ...style, anchor: "end" }),
        rect(width, theme.line),
        rect(xOf(accuracy) - x, i === 0 ? series[0] : mixColours(palest, series[0], 0.55)),
        mark,
      ].join("");
    });
  });
  const best = sorted[0] && { name: sorted[0].policy, accuracy: sorted[0].accuracy };
  return stack([
    heading(title, subtitle),
    rows.length > 0 ? group(rows, 20) : undefined,
    baseline !== null && rows.length > 0 ? paragraph(dashed[lang], faint) : undefined,
    policyVerdict(best, { baseline, margin }, lang),
  ]);
};

/** Policies drawn at random with their accuracies, the best dozen of them first. */
export const policyList = (list: PolicyList, lang: Language): Drawing => renderSvg(drawPolicyList(list, lang));
