import type { CommandEntry } from "../command.ts";

/** The command that takes all others as text. */
export const ALL_IN_ONE = "/peerlab";
/** Slack's own commands, which no app may have: with one of them in it a manifest is refused as a whole. */
const reserved = new Set(
  "away active apps archive call collapse dnd dm expand feed feedback invite join keys leave me msg mute open prefs pro remind remove rename search shortcuts shrug star status topic unarchive who".split(
    " ",
  ),
);

/** The slash command of one of ours: its own name, or one of its own kind where Slack has a command of that name. */
export const slashNameOf = ({ name }: Pick<CommandEntry, "name">): string =>
  reserved.has(name) ? `${ALL_IN_ONE}-${name}` : `/${name}`;

/** What a slash command with its text asks, as typed elsewhere: `/peerlab classify model:all` is `/classify model:all`. */
export const lineOf = (command: string, text: string): string => {
  if (command !== ALL_IN_ONE) return `/${command.replace(`${ALL_IN_ONE}-`, "").replace(/^\//, "")} ${text}`.trim();
  const typed = text.trim().replace(/^\//, "");
  return `/${typed || "help"}`;
};
