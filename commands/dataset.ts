import type { CommandGroup } from "../src/chat/command.ts";
import { create } from "./dataset/create.ts";
import { exportZip } from "./dataset/export.ts";
import { importZip } from "./dataset/import.ts";
import { list } from "./dataset/list.ts";
import { remove } from "./dataset/remove.ts";
import { show } from "./dataset/show.ts";
import { split } from "./dataset/split.ts";

/** The data sets that peers make of their own pictures. */
export const dataset: CommandGroup = {
  name: "dataset",
  ko: "데이터셋",
  about: { en: "Make data sets of your own pictures", ko: "직접 모은 사진으로 데이터셋 만들기" },
  subcommands: [list, create, show, importZip, exportZip, split, remove],
  alone: list,
  otherwise: show,
};
