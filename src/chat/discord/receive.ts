import {
  type APIInteraction,
  ApplicationCommandType,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  InteractionType,
  MessageType,
  Routes,
} from "discord.js";
import { sentence, UserError } from "../../errors.ts";
import type { RequestRow } from "../../store/requests.ts";
import type { Language } from "../../text.ts";
import { persistently } from "../persistently.ts";
import type { Receipt } from "../receipts.ts";
import { type From, viewerOf } from "../request.ts";
import { requestId } from "../requestId.ts";
import { acknowledge, modeOf } from "./acknowledge.ts";
import { askedByCommand, askedByForm, askedByMenu, askedByMessage, type SaidToBot } from "./asking.ts";
import { cancelledBy, formOf, pressedOf } from "./customId.ts";
import type { Discord } from "./discord.ts";
import { codeOf, handlingOf } from "./faults.ts";
import { discordUser, fromInteraction, fromMessage } from "./from.ts";
import { type Held, openHeld } from "./held.ts";
import { isSaidToBot, keptMessage } from "./mention.ts";
import { formNeeded } from "./opening.ts";
import { openPending } from "./pending.ts";
import type { ProgressMessages } from "./progress.ts";
import type { Sending } from "./send.ts";
import { offerValues } from "./suggestions.ts";
import { type Answering, type Interacting, tokenOf } from "./token.ts";
import { words } from "./words.ts";

/** What lies in a receipt: the event as it came, and when. */
type Kept = { came: string } & ({ interaction: APIInteraction; mode: Interacting["mode"] } | { message: SaidToBot; from: From });
/** What a form is about, which waits for the form to be sent. */
interface KeptForm {
  form: string;
  held: Held;
}

/** So many events are known to have been taken, so that none is taken twice: after a resumed connection Discord repeats some. */
const MOST_KNOWN = 5000;
/** An event is acknowledged after so long even where it could not be kept yet: Discord waits for three seconds. */
const KEPT_WITHIN_MS = 1500;
/** So long the work on one event waits for the acknowledgements of others, which have a deadline. */
const YIELD_MS = 2000;

/** Takes what Discord sends: keeps it, acknowledges it, and works it off, once, however often it comes. */
export const openReceiving = (discord: Discord, { sending, progress }: { sending: Sending; progress: ProgressMessages }) => {
  const { bot, known, rest, sparingRest, settings, log, signal } = discord;
  const held = openHeld(bot);
  const pending = openPending();
  const taken = new Set<string>();
  const languages = new Map<string, Language>();
  const isNew = (id: string): boolean => {
    if (taken.has(id)) return false;
    taken.add(id);
    const [oldest] = taken;
    if (taken.size > MOST_KNOWN && oldest !== undefined) taken.delete(oldest);
    return true;
  };

  const show = (row: RequestRow): void => {
    progress.begin(row).catch((err: unknown) => log.debug({ err, adapter: "discord" }, "a request's progress is not shown"));
  };
  const fromOf = (kept: Kept): From => ("interaction" in kept ? fromInteraction(kept.interaction, known) : kept.from);

  const press = async (id: string, interaction: APIInteraction, how: ReturnType<typeof tokenOf>): Promise<void> => {
    if (interaction.type !== InteractionType.MessageComponent) return;
    const from = fromInteraction(interaction, known);
    const { custom_id: customId } = interaction.data;
    const chosen = "values" in interaction.data ? interaction.data.values[0] : undefined;
    const request = cancelledBy(customId);
    if (request) {
      const outcome = await bot.outcome(request, 0, viewerOf(from));
      const isOthers = outcome?.status === "waiting" && !(await bot.cancel(request, viewerOf(from)));
      if (isOthers) throw new UserError("not_your_button", {});
      return;
    }
    const pressed = pressedOf(customId, chosen);
    if (!pressed) return;
    const { request: row, replaces } = await bot.press({ id, pressed, ...from, ...how });
    if (!replaces) show(row);
  };

  const workOn = async (id: string, kept: Kept, answering: Answering | undefined): Promise<void> => {
    const how = tokenOf(answering, new Date(kept.came));
    const begin = async (asked: Awaited<ReturnType<typeof askedByCommand>>) => show(await bot.ask({ id, ...asked, ...how }));
    if ("message" in kept) return begin(await askedByMessage(discord, kept.message, kept.from));
    const { interaction } = kept;
    if (interaction.type === InteractionType.ModalSubmit) {
      const memory = formOf(interaction.data.custom_id);
      if (!memory) return;
      await begin(await askedByForm(discord, interaction, memory, memory.message ? held.get(memory.message) : undefined));
      if (memory.message) await held.drop(memory.message);
      return;
    }
    if (interaction.type !== InteractionType.ApplicationCommand) return press(id, interaction, how);
    const { data } = interaction;
    if (data.type === ApplicationCommandType.Message)
      return begin(await askedByMenu(discord, interaction as Parameters<typeof askedByMenu>[1]));
    if (data.type === ApplicationCommandType.ChatInput)
      return begin(await askedByCommand(discord, interaction as Parameters<typeof askedByCommand>[1]));
  };

  /** Works an event off; what its peer did wrong is told to them alone. Throws only what may be tried again by the next start. */
  const workOff = async (id: string, kept: Kept, answering: Answering | undefined): Promise<void> => {
    const from = fromOf(kept);
    const say = async (text: { en: string; ko: string }) => {
      const lang = (await settings(from.place.group)).language ?? from.lang;
      await sending
        .notify(discordUser(from.user.id), answering, text[lang], id)
        .catch((err: unknown) => log.warn({ err, adapter: "discord" }, "a peer could not be told what went wrong"));
    };
    try {
      await persistently(
        signal,
        () => workOn(id, kept, answering),
        (error) => !(error instanceof UserError),
      );
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof UserError) return say(sentence(error.mistake));
      log.error(
        { err: error, adapter: "discord", event: id, code: codeOf(error) },
        "an event of Discord's could not be worked off",
      );
      await say(words.lost);
    }
  };

  const keep = async (id: string, kept: Kept): Promise<void> => {
    await bot.receipts.receive({ id, adapter: "discord", userId: fromOf(kept).user.id, event: kept });
  };

  /** Keeps an interaction and acknowledges it. Returns what there is to work off; nothing where a form is the answer, or it is none of ours. */
  const acknowledgeKept = async (id: string, interaction: APIInteraction) => {
    const opening = await formNeeded(discord, held, interaction);
    if (opening) {
      const body = { type: InteractionResponseType.Modal, data: opening.form };
      await Promise.all([
        opening.kept,
        rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false }),
      ]);
      return undefined;
    }
    const mode = await modeOf(discord, interaction);
    if (!mode) return undefined;
    const kept: Kept = { interaction, mode, came: new Date().toISOString() };
    const keeping = keep(id, kept);
    keeping.catch(() => {});
    const late = new Promise<void>((resolve) => setTimeout(resolve, KEPT_WITHIN_MS).unref());
    // Not kept is not acknowledged: then Discord says that we did not respond.
    await Promise.race([keeping, late]);
    return { kept, keeping, answering: await acknowledge(discord, interaction, mode) };
  };

  const takeInteraction = async (interaction: APIInteraction): Promise<void> => {
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) return offerValues(interaction, discord);
    const id = requestId("discord", interaction.id);
    if (!isNew(id)) return;
    const from = fromInteraction(interaction, known);
    if ("locale" in interaction) languages.set(discordUser(from.user.id), from.lang);
    const acknowledged = await pending.during(() => acknowledgeKept(id, interaction));
    if (!acknowledged) return;
    const { kept, keeping, answering } = acknowledged;
    await keeping;
    await pending.untilNone(YIELD_MS);
    await workOff(id, kept, answering);
    await bot.receipts.workedOff(id);
  };

  const takeMessage = async (message: GatewayMessageCreateDispatchData): Promise<void> => {
    const self = known.self();
    if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return;
    if (!self || message.author.bot || message.webhook_id || !isSaidToBot(message, self)) return;
    const id = requestId("discord", message.id);
    if (!isNew(id)) return;
    const from = fromMessage(message, known, (user) => languages.get(user));
    const kept: Kept = { message: keptMessage(message), from, came: new Date().toISOString() };
    await keep(id, kept);
    sparingRest.post(Routes.channelTyping(message.channel_id)).catch(() => {});
    await workOff(id, kept, { mode: "message", message: message.id });
    await bot.receipts.workedOff(id);
  };

  /** No error of an event's ends the process. */
  const safely =
    <T>(take: (event: T) => Promise<void>) =>
    (event: T): void => {
      if (signal.aborted) return;
      take(event).catch((err: unknown) => {
        if (!signal.aborted)
          log.error({ err, adapter: "discord", handling: handlingOf(err) }, "an event of Discord's was not taken");
      });
    };

  return {
    onInteraction: safely(takeInteraction),
    onMessage: safely(takeMessage),
    /** Goes on with what was acknowledged before a restart. */
    goOn: () =>
      bot.receipts.workOff("discord", async ({ id, event }: Receipt) => {
        const kept = event as Kept | KeptForm;
        taken.add(id);
        if ("form" in kept) return held.put(kept.form, kept.held);
        const answering: Answering | undefined =
          "message" in kept
            ? { mode: "message", message: kept.message.id }
            : await acknowledge(discord, kept.interaction, kept.mode, { isAgain: true });
        await workOff(id, kept, answering);
      }),
  };
};
