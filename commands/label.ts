import type { CommandGroup } from "../src/chat/command.ts";
import { add } from "./label/add.ts";
import { list } from "./label/list.ts";
import { undo } from "./label/undo.ts";

/** Says what pictures show, shows what was said so far, undoes it. The data set `uploads` is made of it, and so are those of `/dataset`. */
export const label: CommandGroup = {
  name: "label",
  ko: "라벨",
  about: { en: "Say what your pictures show, for networks to learn from", ko: "사진에 클래스를 붙여 신경망이 배우게 하기" },
  subcommands: [add, list, undo],
  alone: list,
  otherwise: add,
};
