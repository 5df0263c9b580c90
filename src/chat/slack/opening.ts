import { sentence } from "../../errors.ts";
import { typedArgs } from "../../reply.ts";
import { allCommands, type NamedCommand } from "../command.ts";
import { parseLine } from "../commandLine.ts";
import { filesTaken } from "../options.ts";
import { meant } from "../understand.ts";
import { isPicture } from "./download.ts";
import { handlingOf } from "./errors.ts";
import { whoAndWhere } from "./from.ts";
import { hasToAsk, modalFor, needsFile } from "./modal.ts";
import { fromMrkdwn } from "./mrkdwn.ts";
import { type BlockActions, type MessageShortcut, pressedAt, type SlashCommand } from "./payload.ts";
import type { Sending } from "./send.ts";
import type { Slack } from "./slack.ts";
import { lineOf } from "./slashNames.ts";
import { words } from "./words.ts";

/** A trigger lives for 3 s. So long we wait for Slack to say somebody's language. */
const LANGUAGE_MS = 600;

interface Opening {
  named: NamedCommand;
  typed: Readonly<Record<string, string>>;
}

/** The command that a line asks, where it needs a file that a slash command cannot carry; with what was typed for its options. */
const needingFile = ({ bot }: Pick<Slack, "bot">, line: string): Opening | undefined => {
  const parsed = parseLine(line);
  try {
    const found = parsed && meant(bot.commands, parsed.command, parsed.given);
    if (!found || !needsFile(found.command)) return undefined;
    const named = allCommands(bot.commands).find((it) => it.command === found.command);
    if (!named) return undefined;
    const typed: Record<string, string> = {};
    const options = Object.entries(found.command.options).filter(([, spec]) => filesTaken(spec) === 0);
    for (const { key, value } of found.given) {
      const option =
        key === undefined
          ? options.find(([name]) => typed[name] === undefined)
          : options.find(([name, { ko }]) => name === key.toLowerCase() || ko === key);
      if (option) typed[option[0]] = String(value);
    }
    return { named, typed };
  } catch {
    // What cannot be understood is answered with what is wrong.
    return undefined;
  }
};

/** Opens modals: where a picture is needed and none is at hand, or a message's shortcut needs more than its pictures. */
export const openModals = (slack: Slack, { notify }: Pick<Sending, "notify">) => {
  const { api, people, log } = slack;

  const open = async (
    trigger: string,
    view: ReturnType<typeof modalFor>,
    who: { user: string; channel: string; token?: string | undefined },
  ) => {
    try {
      await api.call((client) => client.views.open({ trigger_id: trigger, view }), { mayDrop: true });
    } catch (err) {
      log.warn({ err, adapter: "slack" }, "a modal could not be opened");
      const lang = await people.langWithin(who.user, 5000);
      await notify(who, handlingOf(err) === "late" ? words.tooLate[lang] : words.noForm[lang]);
    }
  };

  return {
    /** Opens a modal for a slash command, if it needs one; says whether it does, at once. */
    forCommand: (command: SlashCommand): (() => Promise<void>) | undefined => {
      const line = lineOf(command.command, fromMrkdwn(command.text ?? "", command.team_id));
      const needing = needingFile(slack, line);
      if (!needing) return undefined;
      const { trigger_id, response_url, user_id: user, channel_id: channel, channel_name: channelName } = command;
      return async () => {
        const memory = { path: needing.named.path, channel, channelName, responseUrl: response_url };
        const lang = await people.langWithin(user, LANGUAGE_MS);
        await open(trigger_id, modalFor(needing.named, memory, { lang, typed: needing.typed }), {
          user,
          channel,
          token: response_url,
        });
      };
    },
    /** The same for a message's shortcut. */
    forShortcut: (shortcut: MessageShortcut): (() => Promise<void>) | undefined => {
      const { callback_id, message, channel, user, trigger_id, response_url } = shortcut;
      const named = allCommands(slack.bot.commands).find((it) => it.path === callback_id);
      const pictures = (message.files ?? []).filter(isPicture);
      if (!named || !hasToAsk(named.command, pictures.length)) return undefined;
      const files = pictures.map((it) => it.id);
      return async () => {
        const memory = {
          ...{ path: named.path, channel: channel.id, channelName: channel.name, responseUrl: response_url },
          ...{ thread: message.thread_ts, message: message.ts, files },
        };
        const lang = await people.langWithin(user.id, LANGUAGE_MS);
        const view = modalFor(named, memory, { lang, pictures });
        await open(trigger_id, view, { user: user.id, channel: channel.id, token: response_url });
      };
    },
    /** The same for a button whose command needs a picture besides. */
    forPress: (pressed: BlockActions): (() => Promise<void>) | undefined => {
      const [action] = pressed.actions;
      const [, index] = action?.action_id.match(/^form:(\d+)$/) ?? [];
      if (!action?.value || index === undefined) return undefined;
      const delivery = action.value;
      const where = pressedAt(pressed);
      const who = { user: where.user, channel: where.channel, token: pressed.response_url };
      return async () => {
        const [from, lang] = await Promise.all([whoAndWhere(slack, where), people.langWithin(where.user, LANGUAGE_MS)]);
        const button = await slack.bot.button({ delivery, button: Number(index) }, from);
        const named = allCommands(slack.bot.commands).find((it) => it.path === button?.command);
        if (!button || !named) return notify(who, sentence({ code: "gone", facts: {} })[lang]);
        const { channel, channelName, thread } = where;
        const memory = { path: named.path, channel, channelName, thread, responseUrl: pressed.response_url };
        await open(pressed.trigger_id, modalFor(named, memory, { lang, typed: typedArgs(button.args) }), who);
      };
    },
  };
};
export type Modals = ReturnType<typeof openModals>;
