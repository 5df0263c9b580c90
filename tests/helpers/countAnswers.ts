import type { ChannelEvent } from "../../src/chat/web/message.ts";
import type { TestBot } from "./bot.ts";

/** How often each request was answered from now on, by what the channel hears. */
export const countAnswers = (lab: Pick<TestBot, "web">): ReadonlyMap<string, number> => {
  const answers = new Map<string, number>();
  lab.web.listen((_, event: ChannelEvent) => {
    if (event.type !== "changed" || event.message.request?.status === "waiting") return;
    const id = event.message.request?.id ?? "";
    answers.set(id, (answers.get(id) ?? 0) + 1);
  });
  return answers;
};
