import type { Command } from "../src/chat/command.ts";
import { cancel } from "./cancel.ts";
import { forget } from "./forget.ts";
import { help } from "./help.ts";
import { runs } from "./runs.ts";
import { status } from "./status.ts";

/** Every command the bot knows, in help order. Adding one: write its file, add its line. */
export const commands: readonly Command[] = [help, runs, cancel, status, forget];
