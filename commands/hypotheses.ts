import type { CommandGroup } from "../src/chat/command.ts";
import { close } from "./hypotheses/close.ts";
import { list } from "./hypotheses/list.ts";
import { vote } from "./hypotheses/vote.ts";

/** What peers expect of their runs, and what the group says came of it. */
export const hypotheses: CommandGroup = {
  name: "hypotheses",
  ko: "가설",
  about: { en: "What was expected of runs, and how it came out", ko: "실험의 가설과 그 결론" },
  subcommands: [list, vote, close],
  alone: list,
  otherwise: vote,
};
