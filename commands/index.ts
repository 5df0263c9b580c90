import type { Command } from "../src/chat/command.ts";
import { augment } from "./augment.ts";
import { cancel } from "./cancel.ts";
import { classify } from "./classify.ts";
import { explain } from "./explain.ts";
import { forget } from "./forget.ts";
import { help } from "./help.ts";
import { models } from "./models.ts";
import { runs } from "./runs.ts";
import { status } from "./status.ts";

/** Every command the bot knows, in help order. Adding one: write its file, add its line. */
export const commands: readonly Command[] = [help, augment, classify, explain, models, runs, cancel, status, forget];
