import type { CommandGroup } from "../src/chat/command.ts";
import { exportPost } from "./recap/export.ts";
import { list } from "./recap/list.ts";
import { now } from "./recap/now.ts";
import { off } from "./recap/off.ts";
import { schedule } from "./recap/schedule.ts";

/** What the group did and learned: now, at certain times, or as a blog post. */
export const recap: CommandGroup = {
  name: "recap",
  ko: "요약",
  about: {
    en: "What the group did and learned: now, every evening, or as a blog post",
    ko: "함께 한 것과 배운 것: 지금, 매일 저녁, 또는 블로그 글로",
  },
  subcommands: [now, schedule, list, off, exportPost],
  alone: now,
  otherwise: now,
};
