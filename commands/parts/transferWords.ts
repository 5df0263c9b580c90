import { type LabelCounts, type TransferApproach, transferApproaches } from "../../src/runs/kinds/transfer.ts";
import type { Language, Text } from "../../src/text.ts";

const names: Readonly<Record<TransferApproach, Text>> = {
  head: { en: "a new last layer", ko: "마지막 레이어만" },
  finetune: { en: "fine-tuning", ko: "미세 조정" },
  scratch: { en: "training from scratch", ko: "처음부터 학습" },
};

/** Differences below a point are chance: so many test pictures come and go with the seed. */
const EVEN = 0.01;

/** The approach that is ahead with so many labels; `even` where the next one is within a point. */
const aheadIn = (row: LabelCounts[number]): TransferApproach | "even" => {
  const ranked = transferApproaches
    .flatMap((approach) => (row[approach] === undefined ? [] : [{ approach, accuracy: row[approach] }]))
    .sort((a, b) => b.accuracy - a.accuracy);
  const [first, second] = ranked;
  return !first || (second && first.accuracy - second.accuracy < EVEN) ? "even" : first.approach;
};

const listed = (counts: readonly number[], lang: Language): string => {
  if (lang === "ko") return `${counts.join("·")}개`;
  return counts.length < 2 ? counts.join() : `${counts.slice(0, -1).join(", ")} and ${counts.at(-1)}`;
};

/** One sentence on where each approach is ahead as labels grow; none where there is nothing to compare. */
export const whoIsAhead = (counts: LabelCounts, lang: Language): string[] => {
  const compared = counts.filter((row) => transferApproaches.filter((it) => row[it] !== undefined).length > 1);
  if (compared.length === 0) return [];
  const groups = new Map<TransferApproach | "even", number[]>();
  for (const row of compared) groups.set(aheadIn(row), [...(groups.get(aheadIn(row)) ?? []), row.labels]);
  const parts = [...groups].map(([who, labels], i) => {
    const many = listed(labels, lang);
    const unit = i === 0 ? { en: " labels a class", ko: "클래스당 라벨 " } : { en: "", ko: "" };
    if (who === "even") return { en: `with ${many}${unit.en} it is about even`, ko: `${unit.ko}${many}에서는 거의 비슷함` }[lang];
    const name = `**${names[who][lang]}**`;
    return { en: `with ${many}${unit.en} ${name} is ahead`, ko: `${unit.ko}${many}에서는 ${name}` }[lang];
  });
  if (lang === "en") {
    const said = parts.join(", ");
    return [`${said.slice(0, 1).toUpperCase()}${said.slice(1)}.`];
  }
  return [`가장 정확한 방법: ${parts.join(", ")}.`];
};
