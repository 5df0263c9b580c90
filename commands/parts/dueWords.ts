import type { Text } from "../../src/text.ts";

const [MINUTE, HOUR, DAY] = [60e3, 3600e3, 86400e3];

/** How long it is until a moment: "in 10 minutes", "in 3 days"; where there is little room, "10 min", "3 d". */
export const dueWords = (due: Date, now: Date, { isShort = false } = {}): Text => {
  const left = due.getTime() - now.getTime();
  if (left <= 0) return { en: "now", ko: "지금" };
  const [count, en, short, ko] =
    left < HOUR
      ? ([Math.ceil(left / MINUTE), "minute", "min", "분"] as const)
      : left < DAY
        ? ([Math.round(left / HOUR), "hour", "h", "시간"] as const)
        : ([Math.round(left / DAY), "day", "d", "일"] as const);
  return { en: isShort ? `${count} ${short}` : `in ${count} ${en}${count === 1 ? "" : "s"}`, ko: `${count}${ko} 뒤` };
};
