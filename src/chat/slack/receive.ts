import { sentence, UserError } from "../../errors.ts";
import type { RequestRow } from "../../store/requests.ts";
import { allCommands } from "../command.ts";
import { persistently } from "../persistently.ts";
import type { Receipt } from "../receipts.ts";
import { type IncomingRequest, viewerOf } from "../request.ts";
import { requestId } from "../requestId.ts";
import { pressedOf } from "./actionId.ts";
import { askedByCommand, askedByMessage, askedByShortcut, askedBySubmission } from "./asking.ts";
import { codeOf, handlingOf } from "./errors.ts";
import { filledIn } from "./fields.ts";
import { userIdOf, whoAndWhere } from "./from.ts";
import type { OnEvent } from "./listening.ts";
import { CALLBACK, memoryOf } from "./modal.ts";
import type { Modals } from "./opening.ts";
import {
  type BlockActions,
  channelOf,
  eventName,
  type Incoming,
  pressedAt,
  readPayload,
  type SlackView,
  teamOf,
} from "./payload.ts";
import type { Placeholders } from "./progress.ts";
import { tokenOf } from "./responseUrls.ts";
import type { Sending } from "./send.ts";
import type { Slack } from "./slack.ts";
import { suggestions } from "./suggestions.ts";
import { words } from "./words.ts";

type Kept = Exclude<Incoming, { kind: "suggestion" }>;
/** What lies in a receipt: the event as it came, and when. */
interface KeptEvent {
  body: Readonly<Record<string, unknown>>;
  came: string;
}

/** So many events are known to have been worked off, so that none is worked twice; Slack repeats one within an hour. */
const MOST_KNOWN = 5000;

/** Who did something, and where they can be told of it alone. */
const tellable = (incoming: Kept): { user: string; channel: string; thread?: string | undefined; token?: string | undefined } => {
  switch (incoming.kind) {
    case "command":
      return { user: incoming.command.user_id, channel: incoming.command.channel_id, token: incoming.command.response_url };
    case "shortcut":
      return { user: incoming.shortcut.user.id, channel: incoming.shortcut.channel.id, token: incoming.shortcut.response_url };
    case "press":
      return { user: incoming.press.user.id, channel: channelOf(incoming.press), token: incoming.press.response_url };
    case "submission": {
      const memory = memoryOf(incoming.submission.view);
      return { user: incoming.submission.user.id, channel: memory?.channel ?? "", token: memory?.responseUrl };
    }
    case "message":
      return { user: incoming.message.user, channel: incoming.message.channel, thread: incoming.message.thread_ts };
  }
};

const teamIn = (incoming: Kept): string =>
  incoming.kind === "message"
    ? incoming.team
    : incoming.kind === "command"
      ? incoming.command.team_id
      : teamOf(
          incoming.kind === "shortcut" ? incoming.shortcut : incoming.kind === "press" ? incoming.press : incoming.submission,
        );

/** Takes what Slack sends: keeps it, acknowledges it, and works it off, once, however often it comes. */
export const openReceiving = (
  slack: Slack,
  { sending, modals, placeholders }: { sending: Sending; modals: Modals; placeholders: Placeholders },
) => {
  const { bot, people, log, signal } = slack;
  const known = new Set<string>();
  const isNew = (id: string): boolean => {
    if (known.has(id)) return false;
    known.add(id);
    for (const oldest of known) {
      if (known.size <= MOST_KNOWN) break;
      known.delete(oldest);
    }
    return true;
  };

  const show = (row: RequestRow): void => {
    placeholders.begin(row).catch((err: unknown) => log.debug({ err, adapter: "slack" }, "a request's progress is not shown"));
  };
  const begin = async (asked: IncomingRequest): Promise<void> => show(await bot.ask(asked));

  const press = async (id: string, pressed: BlockActions, came: Date): Promise<void> => {
    const [action] = pressed.actions;
    const from = await whoAndWhere(slack, pressedAt(pressed));
    if (action?.action_id === "cancel" && action.value) {
      const row = await bot.outcome(action.value, 0, viewerOf(from));
      if (row?.status === "waiting" && !(await bot.cancel(action.value, viewerOf(from))))
        throw new UserError("not_your_button", {});
      return;
    }
    const button = action && pressedOf(action);
    if (!button) return;
    const { request, replaces } = await bot.press({ id, pressed: button, ...from, ...tokenOf(pressed.response_url, came) });
    if (!replaces) show(request);
  };

  const workOn = async (id: string, incoming: Kept, came: Date): Promise<void> => {
    switch (incoming.kind) {
      case "command":
        return begin({ id, ...(await askedByCommand(slack, incoming.command, came)) });
      case "shortcut":
        return begin({ id, ...(await askedByShortcut(slack, incoming.shortcut, came)) });
      case "submission":
        return begin({ id, ...(await askedBySubmission(slack, incoming.submission, came)) });
      case "message":
        return begin({ id, ...(await askedByMessage(slack, incoming.message, incoming)) });
      case "press":
        return press(id, incoming.press, came);
    }
  };

  const say = async (incoming: Kept, text: string): Promise<void> => {
    const who = tellable(incoming);
    if (who.channel === "") return;
    await sending
      .notify(who, text)
      .catch((err: unknown) => log.warn({ err, adapter: "slack" }, "a peer could not be told what went wrong"));
  };
  const langOf = async (incoming: Kept) => {
    const { user, channel } = tellable(incoming);
    const from = await whoAndWhere(slack, { team: teamIn(incoming), user, channel }).catch(() => undefined);
    const settings = from && (await bot.settings(from.place.group));
    return settings?.language ?? from?.lang ?? (await people.langWithin(user, 1000));
  };

  /** Works an event off; what its peer did wrong is told to them alone. Throws only what may be tried again by the next start. */
  const workOff = async (id: string, { body, came }: KeptEvent): Promise<void> => {
    const incoming = readPayload(body);
    if (!incoming || incoming.kind === "suggestion") return;
    try {
      await persistently(
        signal,
        () => workOn(id, incoming, new Date(came)),
        (error) => !(error instanceof UserError),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof UserError) return say(incoming, sentence(error.mistake)[await langOf(incoming)]);
      log.error({ err: error, adapter: "slack", event: id, code: codeOf(error) }, "an event of Slack's could not be worked off");
      await say(incoming, words.lost[await langOf(incoming)]);
    }
  };

  const keepAndWork = async (
    incoming: Kept,
    body: Readonly<Record<string, unknown>>,
    acknowledge: () => Promise<void>,
  ): Promise<void> => {
    const id = requestId("slack", eventName(incoming));
    if (!isNew(id)) return acknowledge();
    // Slack's old verification token is no business of the database's.
    const { token: _, ...event } = body;
    const kept: KeptEvent = { body: event, came: new Date().toISOString() };
    const { user } = tellable(incoming);
    try {
      await bot.receipts.receive({ id, adapter: "slack", userId: userIdOf(teamIn(incoming), user), event: kept });
    } catch (error) {
      // Not kept is not acknowledged: Slack sends it again.
      known.delete(id);
      throw error;
    }
    await acknowledge().catch((err: unknown) =>
      log.warn({ err, adapter: "slack" }, "an acknowledgement did not arrive; the event is worked off"),
    );
    await workOff(id, kept);
    await bot.receipts.workedOff(id);
  };

  /** What is missing in a modal, by its fields: Slack checks what it can, a file that is needed it does not always. */
  const missingIn = async (incoming: Extract<Kept, { kind: "submission" }>): Promise<Record<string, string>> => {
    const { view, user } = incoming.submission;
    const { files } = filledIn(view);
    const empty = Object.entries(files).filter(([name, own]) => own.length === 0 && isNeeded(view, name));
    const lang = await people.langWithin(user.id, 600);
    return Object.fromEntries(empty.map(([name]) => [name, words.needed[lang]]));
  };
  const isNeeded = (view: SlackView, option: string): boolean => {
    const path = memoryOf(view)?.path;
    return allCommands(bot.commands).find((it) => it.path === path)?.command.options[option]?.required ?? false;
  };

  const onEvent: OnEvent = async (body, acknowledge) => {
    const incoming = readPayload(body);
    if (!incoming || signal.aborted) return signal.aborted ? undefined : acknowledge();
    if (incoming.kind === "suggestion") return acknowledge({ options: await suggestions(slack, incoming.suggestion) });
    // A modal first, and at once: its trigger lives for 3 s, and nothing is kept before it is sent.
    const open =
      incoming.kind === "command"
        ? modals.forCommand(incoming.command)
        : incoming.kind === "shortcut"
          ? modals.forShortcut(incoming.shortcut)
          : incoming.kind === "press"
            ? modals.forPress(incoming.press)
            : undefined;
    if (open) {
      if (!isNew(requestId("slack", eventName(incoming)))) return acknowledge();
      await Promise.all([acknowledge(), open()]);
      return;
    }
    if (incoming.kind === "submission") {
      if (incoming.submission.view.callback_id !== CALLBACK) return acknowledge();
      const errors = await missingIn(incoming);
      if (Object.keys(errors).length > 0) return acknowledge({ response_action: "errors", errors });
    }
    await keepAndWork(incoming, body, () => acknowledge());
  };

  return {
    /** No error of an event's ends the process, or is left to the library, which would print what it cannot know is private. */
    onEvent: (async (body, acknowledge) => {
      try {
        await onEvent(body, acknowledge);
      } catch (err) {
        if (!signal.aborted) log.error({ err, adapter: "slack", handling: handlingOf(err) }, "an event of Slack's was not taken");
      }
    }) satisfies OnEvent,
    /** Goes on with what was acknowledged before a restart. */
    goOn: () =>
      bot.receipts.workOff("slack", ({ id, event }: Receipt) => {
        known.add(id);
        return workOff(id, event as KeptEvent);
      }),
  };
};
