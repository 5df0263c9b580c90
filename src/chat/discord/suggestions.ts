import {
  type APIApplicationCommandAutocompleteInteraction,
  type APICommandAutocompleteInteractionResponseCallbackData,
  InteractionResponseType,
  Routes,
} from "discord.js";
import { commandPath, typedOptions } from "./chatInput.ts";
import type { Discord } from "./discord.ts";
import { fromInteraction } from "./from.ts";
import { CHOICE_TEXT } from "./limits.ts";
import { choiceText } from "./optionJson.ts";

/** Offers values for the option that is being typed. */
export const offerValues = async (
  interaction: APIApplicationCommandAutocompleteInteraction,
  { bot, known, rest, settings }: Pick<Discord, "bot" | "known" | "rest" | "settings">,
): Promise<void> => {
  const from = fromInteraction(interaction, known);
  const lang = (await settings(from.place.group)).language ?? from.lang;
  const { path, options } = commandPath(interaction.data);
  const focused = options.find((it) => "focused" in it && it.focused);
  if (!focused) return;
  const given = typedOptions(options.filter((it) => it !== focused));
  const typed = "value" in focused ? String(focused.value) : "";
  const found = await bot.suggest({ ...from, lang, command: path, option: focused.name, typed, given });
  const choices: APICommandAutocompleteInteractionResponseCallbackData["choices"] = found
    // A longer value cannot be sent, and cut it would be another.
    .filter(({ value }) => value.length <= CHOICE_TEXT && value !== "")
    .map(({ value, label }) => ({ name: choiceText(label[lang]), value }));
  const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
  await rest.post(Routes.interactionCallback(interaction.id, interaction.token), { body, auth: false });
};
