import { allCommands } from "../command.ts";
import { filledIn, optionOf } from "./fields.ts";
import { whoAndWhere } from "./from.ts";
import { memoryOf } from "./modal.ts";
import { type BlockSuggestion, teamOf } from "./payload.ts";
import type { Slack } from "./slack.ts";

/** Values for a field of a modal while it is typed. A text may be any, so what is typed is offered too. */
export const suggestions = async (slack: Slack, suggestion: BlockSuggestion): Promise<ReturnType<typeof optionOf>[]> => {
  const { view, action_id: option, value: typed, user } = suggestion;
  const memory = view && memoryOf(view);
  if (!view || !memory) return [];
  try {
    const { channel, channelName, path } = memory;
    const from = await whoAndWhere(slack, { team: teamOf(suggestion), channel, channelName, user: user.id, userName: user.name });
    const lang = (await slack.bot.settings(from.place.group)).language ?? from.lang;
    const found = await slack.bot.suggest({ ...from, lang, command: path, option, typed, given: filledIn(view).typed });
    const spec = allCommands(slack.bot.commands).find((it) => it.path === path)?.command.options[option];
    const isFree = spec?.kind === "text" || spec?.kind === "user";
    const own = isFree && typed !== "" && !found.some((it) => it.value === typed) ? [optionOf(typed, typed)] : [];
    return [...own, ...found.map(({ value, label }) => optionOf(value, label[lang]))];
  } catch (err) {
    slack.log.warn({ err, adapter: "slack" }, "values for a field could not be found");
    return [];
  }
};
