import type { Bot } from "../bot.ts";

/** Whoever asked at a terminal waits for the outcome itself, so an answer is delivered as soon as it is there. */
export const openTerminal = (bot: Pick<Bot, "outbox">): Promise<void> =>
  bot.outbox.serve("terminal", async (delivery) => delivery.id);
