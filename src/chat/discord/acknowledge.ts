import { type APIInteraction, InteractionResponseType, InteractionType, MessageFlags, Routes } from "discord.js";
import { allCommands } from "../command.ts";
import { cancelledBy, formOf, pressedOf } from "./customId.ts";
import type { Discord } from "./discord.ts";
import { handlingOf } from "./faults.ts";
import { fromInteraction, isDirect, isForeign } from "./from.ts";
import { commandOf } from "./opening.ts";
import type { Answering, Interacting } from "./token.ts";

/** How an interaction is acknowledged: Discord fixes then who will see the answer. Undefined for one that is none of ours. */
export const modeOf = async (
  discord: Pick<Discord, "bot" | "known" | "settings">,
  interaction: APIInteraction,
): Promise<Interacting["mode"] | undefined> => {
  if (interaction.type === InteractionType.MessageComponent) {
    const { custom_id: customId } = interaction.data;
    return pressedOf(customId) || cancelledBy(customId) ? "update" : undefined;
  }
  const path = interaction.type === InteractionType.ModalSubmit ? formOf(interaction.data.custom_id)?.path : undefined;
  const { command } = commandOf(discord, interaction) ?? allCommands(discord.bot.commands).find((it) => it.path === path) ?? {};
  if (isForeign(interaction)) return "alone";
  const { place } = fromInteraction(interaction, discord.known);
  if (isDirect(place)) return "reply";
  const isForOne = command?.ephemeral ?? (await discord.settings(place.group)).replies === "only me";
  return isForOne ? "alone" : "reply";
};

/**
 * Acknowledges an interaction. Returns how it can be answered; undefined where its three seconds were over: then it is answered without its
 * token. Discord may have heard an acknowledgement that nobody heard back from; the answer finds that out. `isAgain` after a restart, for one
 * that may have been acknowledged already.
 */
export const acknowledge = async (
  { rest, log }: Pick<Discord, "rest" | "log">,
  { id, token, application_id: application }: APIInteraction,
  mode: Interacting["mode"],
  { isAgain = false } = {},
): Promise<Answering | undefined> => {
  const isUpdate = mode === "update";
  const type = isUpdate
    ? InteractionResponseType.DeferredMessageUpdate
    : InteractionResponseType.DeferredChannelMessageWithSource;
  const body = { type, ...(mode === "alone" && { data: { flags: MessageFlags.Ephemeral } }) };
  try {
    await rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  } catch (err) {
    const handling = handlingOf(err);
    log.warn({ err, adapter: "discord", handling }, "an acknowledgement was not taken; what was asked is worked on all the same");
    const isTooLate = handling === "late" || handling === "token";
    // Whoever acknowledged it before they died was not too late: then there is an answer to edit.
    const original = Routes.webhookMessage(application, token, "@original");
    const wasInTime = isTooLate && isAgain && (await rest.get(original, { auth: false }).then(Boolean, () => false));
    if (isTooLate && !wasInTime) return undefined;
  }
  return { mode, application, token };
};
