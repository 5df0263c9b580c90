import type { CommandGroup } from "../src/chat/command.ts";
import { add } from "./note/add.ts";
import { edit } from "./note/edit.ts";
import { withdraw } from "./note/withdraw.ts";

/** What peers write into the study log themselves. */
export const note: CommandGroup = {
  name: "note",
  ko: "기록",
  about: { en: "Keep what you learned, what went wrong, what was discussed", ko: "배운 것, 막힌 점, 토의, 회고를 남기기" },
  subcommands: [add, edit, withdraw],
  alone: add,
  otherwise: add,
};
