import type { CommandContext } from "../../src/chat/command.ts";
import { escapeText } from "../../src/richText.ts";
import type { Earlier } from "../../src/store/labels.ts";

/** A picture's earlier class, and which of the given pictures it is, from 1. */
export interface Kept {
  picture: number;
  label: string;
  by: string;
}

/** Which of the given pictures had another class before. */
export const keptAmong = (blobs: readonly string[], earlier: readonly Earlier[]): Kept[] =>
  earlier.map(({ blob, label, userName }) => ({ picture: blobs.indexOf(blob) + 1, label, by: userName }));

const numbers = {
  en: (of: readonly number[]) =>
    of.length === 1 ? `Picture ${of[0]}` : `Pictures ${of.slice(0, -1).join(", ")} and ${of.at(-1)}`,
  ko: (of: readonly number[]) => `${of.join(", ")}번 사진`,
};

/**
 * A line for each earlier class and who gave it, of one picture or of several: that they keep it, or that they had it and now have
 * another.
 */
export const earlierLines = (
  kept: readonly Kept[],
  { of, replaced }: { of: number; replaced: boolean },
  { lang, user }: Pick<CommandContext, "lang" | "user">,
): string[] => {
  const groups = new Map<string, Kept[]>();
  for (const it of kept) {
    const key = JSON.stringify([it.label, it.by]);
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].map((group) => {
    const { label = "", by = "" } = group[0] ?? {};
    const places = group.map((it) => it.picture);
    const many = places.length > 1;
    const own = by === user.name;
    const name = escapeText(by);
    const which = of === 1 ? { en: "It", ko: "이 사진" }[lang] : numbers[lang](places);
    const whoEn = own ? ", as you said" : by ? `, as ${name} said` : "";
    const whoKo = own ? "직접 붙인 " : by ? `${name} 님이 붙인 ` : "";
    const en = replaced
      ? `${which} ${many ? "were" : "was"} **${escapeText(label)}** before${whoEn}.`
      : `${which} ${many ? "stay" : "stays"} **${escapeText(label)}**${whoEn}.`;
    const ko = replaced
      ? `${which}에는 전에 ${whoKo}**${escapeText(label)}** 라벨이 있었어요.`
      : `${which}에는 ${whoKo}**${escapeText(label)}** 라벨을 그대로 뒀어요.`;
    return { en, ko }[lang];
  });
};
