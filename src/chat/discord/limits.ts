import type { AdapterLimits } from "../adapter.ts";

/** What a message of Discord's can hold: discord.com/developers/docs/resources/message, and reference#uploading-files. */
export const discordLimits = {
  filesPerMessage: 10,
  bytesPerFile: 10 * 2 ** 20,
  // 25 MiB with all that stands around the files.
  bytesPerMessage: 24 * 2 ** 20,
  charactersPerMessage: 2000,
  buttonsPerMessage: 25,
  charactersPerButton: 80,
  choicesPerMenu: 25,
  choices: 25,
  // An interaction's token holds for 15 minutes, and without it nobody can edit what only one person sees.
  editSeconds: { message: Number.POSITIVE_INFINITY, ephemeral: 15 * 60 },
  secondsBetweenEdits: 5,
  ephemeral: true,
  threads: true,
} as const satisfies AdapterLimits;

/** So long we rely on an interaction's token: half a minute less than Discord does. */
export const TOKEN_MS = 14.5 * 60_000;
/** So many characters the description of a picture may have. */
export const ALT_TEXT = 1024;
/** So many characters a name or a value that autocompletion offers may have. */
export const CHOICE_TEXT = 100;
/** So many pictures a chat command numbers, and a form takes at once. */
export const NUMBERED = 10;
