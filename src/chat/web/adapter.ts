import type { Adapter } from "../adapter.ts";
import { openWebChat, type WebChat } from "./chat.ts";

/** The web chat: our own page, which shows whatever there is. The web server reaches it through what `start` returns. */
export const web = {
  name: "web",
  limits: {
    filesPerMessage: Number.POSITIVE_INFINITY,
    bytesPerFile: Number.POSITIVE_INFINITY,
    bytesPerMessage: Number.POSITIVE_INFINITY,
    charactersPerMessage: Number.POSITIVE_INFINITY,
    buttonsPerMessage: Number.POSITIVE_INFINITY,
    charactersPerButton: Number.POSITIVE_INFINITY,
    choicesPerMenu: 0,
    choices: 25,
    editSeconds: { message: Number.POSITIVE_INFINITY, ephemeral: Number.POSITIVE_INFINITY },
    secondsBetweenEdits: 0,
    ephemeral: true,
    threads: false,
  },
  start: ({ bot, store }) => openWebChat(bot, store),
} as const satisfies Adapter<WebChat>;
