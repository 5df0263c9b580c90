import type { CommandGroup } from "../src/chat/command.ts";
import { add } from "./models/add.ts";
import { details } from "./models/details.ts";
import { fetch } from "./models/fetch.ts";
import { list } from "./models/list.ts";
import { remove } from "./models/remove.ts";

/** The models peers can choose: see, add, fetch and remove them. */
export const models: CommandGroup = {
  name: "models",
  ko: "모델",
  about: { en: "See, add, fetch and remove models", ko: "모델을 보고, 추가하고, 내려받고, 지우기" },
  subcommands: [list, details, add, fetch, remove],
  alone: list,
  otherwise: details,
};
