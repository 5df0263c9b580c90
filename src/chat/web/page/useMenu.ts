import { useEffect, useState } from "preact/hooks";
import type { Choice } from "../../options.ts";
import type { DescribedCommand, DescribedOption } from "../describe.ts";
import type { Chat } from "./chat.ts";
import { choiceEntries, type Entry, entriesFor, isComplete, type Spot, spotAt, valuesIn } from "./completion.ts";
import { useWords } from "./words.ts";

/** Typing is quicker than this; only the pause asks the server. */
const PAUSE_MS = 80;

/** The values of the other options in a text. */
const givenBeside = ({ command, option }: { command: DescribedCommand; option: DescribedOption }, text: string) =>
  Object.fromEntries(
    [...valuesIn(text, command)].filter(([name]) => name !== option.name).map(([name, { value }]) => [name, value]),
  );

/** Values that depend on what is there right now, such as models, and on the other options that are given. */
const useSuggestions = (chat: Chat, spot: Spot | undefined, text: string): readonly Choice[] => {
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const asks = spot?.kind === "value" && spot.option.suggests ? spot : undefined;
  const given = asks ? givenBeside(asks, text) : {};
  const key = asks && JSON.stringify([asks.command.name, asks.option.name, asks.typed, given]);
  useEffect(() => {
    if (!asks) return setChoices([]);
    let late = false;
    const { command, option, typed } = asks;
    const timer = setTimeout(() => {
      const wanted = { command: command.name, option: option.name, typed, given, channel: chat.state.channel };
      chat.api.suggest(wanted).then(
        (found) => late || setChoices(found),
        () => late || setChoices([]),
      );
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [key]);
  return choices;
};

/** What the menu offers at the caret, and which of it is active: -1 is none, so that Enter sends. */
export const useMenu = (chat: Chat, text: string, caret: number) => {
  const { lang } = useWords();
  const spot = spotAt(text, caret, chat.commands);
  const suggestions = useSuggestions(chat, spot, text);
  const [moved, setMoved] = useState<{ at: string; to: number }>();
  const [closed, setClosed] = useState<string>();
  const at = spot ? `${spot.kind} ${spot.from} ${spot.typed}` : "";
  const asked = spot?.kind === "value" && spot.option.suggests;
  const entries: readonly Entry[] = !spot
    ? []
    : asked
      ? choiceEntries(suggestions, spot.typed, lang)
      : entriesFor(spot, text, chat.commands, lang);
  // The options stand in the bar already: their menu opens when one is typed, or with the arrow keys.
  const quiet = spot?.kind === "option" && spot.typed === "" && moved?.at !== at;
  const settled = spot?.kind !== "option" && entries.length === 1 && spot !== undefined && isComplete(spot, entries);
  const open = entries.length > 0 && closed !== at && !quiet && !settled;
  const active = open ? Math.min(moved?.at === at ? moved.to : 0, entries.length - 1) : -1;
  return {
    spot,
    entries: open ? entries : [],
    /** Whether the arrow keys have something to go through. */
    movable: entries.length > 0 && closed !== at,
    active,
    move: (by: number) => setMoved({ at, to: (Math.max(active, by < 0 ? 0 : -1) + by + entries.length) % entries.length }),
    close: () => setClosed(at),
  };
};
