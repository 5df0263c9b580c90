import type { Text } from "../../src/text.ts";

/** As much of a request's id as people are shown and type. */
export const shortId = (id: string): string => id.slice(0, 8);

const units = [
  { seconds: 86_400, en: "d", ko: "일" },
  { seconds: 3600, en: "h", ko: "시간" },
  { seconds: 60, en: "min", ko: "분" },
  { seconds: 1, en: "s", ko: "초" },
] as const;

/** How long ago something was, in the largest unit that it fills: "3 min ago". */
export const ago = (then: Date, now: Date): Text => {
  const seconds = Math.max(1, Math.round((now.getTime() - then.getTime()) / 1000));
  const unit = units.find((it) => seconds >= it.seconds) ?? units[3];
  const count = Math.floor(seconds / unit.seconds);
  return { en: `${count} ${unit.en} ago`, ko: `${count}${unit.ko} 전` };
};
