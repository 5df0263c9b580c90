import type { FileRef } from "../../files.ts";
import { LOCAL_GROUP, type Place } from "../../place.ts";
import type { Args } from "../../reply.ts";
import type { RequestRow } from "../../store/requests.ts";
import type { Language } from "../../text.ts";
import type { Adapter } from "../adapter.ts";
import type { Bot } from "../bot.ts";
import { Undeliverable } from "../outbox.ts";
import { type Outcome, type Peer, viewerOf } from "../request.ts";

/** What somebody at a terminal hears about a request: that it is kept, how far it is, and its end. */
export type TerminalEvent =
  | { type: "accepted" }
  | { type: "progress"; done: number; of: number; note: string }
  | { type: "ended"; outcome: Outcome };

/** Who asks; `id` is a UUID, so that what is sent again after a lost connection is the same request. */
interface Asker {
  id: string;
  user: Peer;
  lang: Language;
}
/** A command, typed as text or taken apart; `replyTo` is an earlier request whose pictures are meant when none is attached. */
export type TerminalQuestion = Asker & {
  input: string | { command: string; args: Args };
  files: readonly FileRef[];
  replyTo?: string;
};
/** A press of a button, from 0, of an earlier answer. */
export type TerminalPress = Asker & { pressed: { delivery: string; button: number } };

type OnEvent = (event: TerminalEvent) => void;

/** The terminal: one request at a time, whose end its asker waits for. `onEvent` is called with everything until the end, or until `signal` aborts. */
export interface Terminal {
  ask(question: TerminalQuestion, onEvent: OnEvent, signal: AbortSignal): Promise<void>;
  press(press: TerminalPress, onEvent: OnEvent, signal: AbortSignal): Promise<void>;
}

const place: Place = { adapter: "terminal", group: LOCAL_GROUP, channel: "terminal" };
/** How long one look for the end of a request is held open. */
const LOOK_SECONDS = 20;

const openTerminal = async (bot: Pick<Bot, "ask" | "press" | "outcome" | "filesOf" | "events" | "outbox">): Promise<Terminal> => {
  const listeners = new Map<string, Set<OnEvent>>();
  bot.events.onProgress("terminal", ({ request, done, of, note }) => {
    for (const onEvent of listeners.get(request) ?? []) onEvent({ type: "progress", done, of, note });
  });
  // Whoever asked waits for the outcome itself, or comes back for it with the same id.
  await bot.outbox.serve("terminal", async ({ id, request }) => {
    if (!request) throw new Undeliverable("Nobody is at the terminal between two requests");
    return id;
  });

  const follow = async ({ id }: RequestRow, user: Peer, onEvent: OnEvent, signal: AbortSignal): Promise<void> => {
    const own = listeners.get(id) ?? new Set();
    listeners.set(id, own.add(onEvent));
    try {
      onEvent({ type: "accepted" });
      while (!signal.aborted) {
        const outcome = await bot.outcome(id, LOOK_SECONDS, viewerOf({ user, place }));
        if (outcome && outcome.status !== "waiting") return onEvent({ type: "ended", outcome });
      }
    } finally {
      own.delete(onEvent);
      if (own.size === 0) listeners.delete(id);
    }
  };

  return {
    ask: async ({ replyTo, ...question }, onEvent, signal) => {
      const quoted = replyTo === undefined ? {} : { quoted: await bot.filesOf(replyTo, { user: question.user, place }) };
      await follow(await bot.ask({ ...question, ...quoted, place }), question.user, onEvent, signal);
    },
    press: async (press, onEvent, signal) => {
      const { request } = await bot.press({ ...press, place, apart: true });
      await follow(request, press.user, onEvent, signal);
    },
  };
};

/** The terminal: `npm run ask`. What is printed stays as it is, and only its asker sees it. */
export const terminal = {
  name: "terminal",
  limits: {
    filesPerMessage: Number.POSITIVE_INFINITY,
    bytesPerFile: Number.POSITIVE_INFINITY,
    bytesPerMessage: Number.POSITIVE_INFINITY,
    charactersPerMessage: Number.POSITIVE_INFINITY,
    buttonsPerMessage: Number.POSITIVE_INFINITY,
    charactersPerButton: Number.POSITIVE_INFINITY,
    choicesPerMenu: 0,
    choices: 0,
    editSeconds: { message: 0, ephemeral: 0 },
    secondsBetweenEdits: 0,
    ephemeral: true,
    threads: false,
  },
  start: ({ bot }) => openTerminal(bot),
} as const satisfies Adapter<Terminal>;
